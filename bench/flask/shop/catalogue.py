"""What pages show of the catalogue, asked of the database for each page."""

import re
import unicodedata
from dataclasses import dataclass

from bson import ObjectId
from flask import abort

from .database import Document, database

PER_PAGE = 12
FEATURED = 8
SIMILAR = 4
SORTS = {
    "name": [("sort_ro", 1), ("_id", 1)],
    "price_asc": [("price", 1), ("sort_ro", 1), ("_id", 1)],
    "price_desc": [("price", -1), ("sort_ro", 1), ("_id", 1)],
    "newest": [("created_at", -1), ("_id", -1)],
}
# What a card shows; the rest stays in the database.
CARD = {
    "slug": 1,
    "name": 1,
    "price": 1,
    "images": {"$slice": 1},
    "stock_quantity": 1,
    "low_stock_at": 1,
    "net_content": 1,
    "allergens": 1,
}


@dataclass
class Wanted:
    """What a visitor asked the list for."""

    category: str
    search: str
    without: list[str]
    sort: str


@dataclass
class Listing:
    products: list[Document]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def categories() -> list[Document]:
    return list(database().categories.find({"active": True}).sort([("display_order", 1), ("_id", 1)]))


def listing(shelves: list[Document], asked: Wanted, page: int) -> Listing:
    wanted: Document = {"active": True}
    shelf = next((shelf for shelf in shelves if shelf["slug"] == asked.category), None)
    if shelf:
        wanted["category_id"] = shelf["_id"]
    if asked.without:
        wanted["allergens"] = {"$exists": True}
        wanted["allergens.contains"] = {"$nin": asked.without}
        wanted["allergens.may_contain"] = {"$nin": asked.without}
    words = re.findall("[a-z0-9]+", fold(asked.search))
    if words:
        wanted["$and"] = [{"search_words": {"$regex": f"^{word}"}} for word in words]
    products = database().products
    found = products.find(wanted, CARD).sort(SORTS.get(asked.sort, SORTS["name"]))
    found = found.skip((page - 1) * PER_PAGE).limit(PER_PAGE)
    return Listing(list(found), products.count_documents(wanted), page)


def featured() -> list[Document]:
    wanted = {"active": True, "featured": True}
    return list(database().products.find(wanted, CARD).sort(SORTS["name"]).limit(FEATURED))


def pictures() -> dict[ObjectId, Document]:
    """The picture of each category: that of its first product."""
    first: list[Document] = [
        {"$match": {"active": True}},
        {"$sort": {"sort_ro": 1, "_id": 1}},
        {"$group": {"_id": "$category_id", "images": {"$first": "$images"}}},
    ]
    return {group["_id"]: group["images"][0] for group in database().products.aggregate(first) if group["images"]}


def product(slug: str) -> Document:
    found = database().products.find_one({"slug": slug, "active": True})
    if found is None:
        abort(404)
    return found


def similar(of: Document) -> list[Document]:
    wanted = {"active": True, "category_id": of["category_id"], "_id": {"$ne": of["_id"]}}
    return list(database().products.find(wanted, CARD).sort(SORTS["name"]).limit(SIMILAR))


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
