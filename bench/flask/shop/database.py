"""The database that Vatra wrote: its collections, its indexes, its validators."""

import os
from typing import Any

from flask import current_app
from pymongo import MongoClient, WriteConcern
from pymongo.database import Database
from pymongo.read_concern import ReadConcern

Document = dict[str, Any]


def connect() -> Database[Document]:
    """One pooled client for each worker, with the concerns and the pool that Vatra has."""
    client: MongoClient[Document] = MongoClient(
        os.environ["MONGODB_URI"],
        maxPoolSize=64,
        minPoolSize=4,
        retryWrites=True,
        appname="bench-flask",
    )
    return client.get_database(
        os.environ.get("MONGODB_DB", "vatra"),
        write_concern=WriteConcern("majority", wtimeout=10_000),
        read_concern=ReadConcern("majority"),
    )


def database() -> Database[Document]:
    found: Database[Document] = current_app.extensions["shop_database"]
    return found
