"""The cart: a document that the visitor's cookie names, priced from the catalogue at each look."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bson import Int64, ObjectId
from flask import g, request
from pymongo import ReturnDocument

from .database import Document, database

COOKIE = "vatra_cart"
TTL = timedelta(hours=24)
MOST = 999


@dataclass
class Line:
    product: Document
    quantity: int

    @property
    def total(self) -> int:
        return int(self.product["price"]) * self.quantity


@dataclass
class Cart:
    id: str
    lines: list[Line]

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def items(cart: str) -> list[Document]:
    found = database().cart_sessions.find_one({"session_id": cart, "expires_at": {"$gt": now()}})
    return found["items"] if found else []


def count() -> int:
    """For the head of a page; no question without a cookie, and one for each page at most."""
    cart = request.cookies.get(COOKIE)
    if cart is None:
        return 0
    if "cart_count" not in g:
        g.cart_count = sum(item["quantity"] for item in items(cart))
    return int(g.cart_count)


def read(cart: str | None) -> Cart:
    stored = items(cart) if cart else []
    g.cart_count = sum(item["quantity"] for item in stored)
    if not stored:
        return Cart(cart or "", [])
    ids = [item["product_id"] for item in stored]
    products = {product["_id"]: product for product in database().products.find({"_id": {"$in": ids}})}
    known = [item for item in stored if item["product_id"] in products]
    return Cart(cart or "", [Line(products[item["product_id"]], int(item["quantity"])) for item in known])


def put(cart: str | None, product: ObjectId, quantity: int, replace: bool) -> str | None:
    """Adds to a product's quantity, or replaces it, in one operation as Vatra does. The cart's id, or
    nothing when there is no such product, or too few of it."""
    found = database().products.find_one({"_id": product, "active": True}, {"price": 1, "stock_quantity": 1})
    if found is None or found["stock_quantity"] < quantity:
        return None
    cart = cart or secrets.token_urlsafe(32)
    first = Int64(quantity)
    grown = first if replace else {"$min": [Int64(MOST), {"$add": ["$$this.quantity", first]}]}

    def entry(pieces: object) -> Document:
        return {"product_id": product, "quantity": pieces, "seen_price": Int64(found["price"])}

    old = {"$ifNull": ["$items", []]}
    same = {"$cond": [{"$eq": ["$$this.product_id", product]}, entry(grown), "$$this"]}
    known = {"$in": [product, {"$map": {"input": old, "in": "$$this.product_id"}}]}
    replaced = {"$map": {"input": old, "in": same}}
    at = now()
    fields = {
        "session_id": cart,
        "items": {"$cond": [known, replaced, {"$concatArrays": [old, [entry(first)]]}]},
        "created_at": {"$ifNull": ["$created_at", at]},
        "updated_at": at,
        "expires_at": at + TTL,
    }
    database().cart_sessions.find_one_and_update(
        {"session_id": cart}, [{"$set": fields}], upsert=True, return_document=ReturnDocument.AFTER
    )
    return cart


def remove(cart: str, product: ObjectId) -> None:
    at = now()
    change = {"$pull": {"items": {"product_id": product}}, "$set": {"updated_at": at, "expires_at": at + TTL}}
    database().cart_sessions.update_one({"session_id": cart, "expires_at": {"$gt": at}}, change)
