"""Does the Flask shop do the same job? `check.py VATRA FLASK OUTBOX`, both on one database, which
MONGODB_URI and MONGODB_DB name. Compares their pages, and places an order with Flask's."""

import json
import os
import re
import sys
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from bson import ObjectId
from pymongo import MongoClient

vatra, flask, outbox = sys.argv[1:]
client: MongoClient[dict[str, Any]] = MongoClient(os.environ["MONGODB_URI"])
shop = client[os.environ.get("MONGODB_DB", "vatra")]
opener = build_opener(HTTPCookieProcessor(CookieJar()))
opener.addheaders = [("Accept", "text/html"), ("Sec-Fetch-Site", "same-origin")]


def get(address: str) -> str:
    with opener.open(address, timeout=20) as answer:
        # Vatra binds numbers to their units.
        return str(answer.read().decode()).replace("\xa0", " ")


def post(path: str, **fields: str) -> str:
    """The address to which the form leads."""
    with opener.open(flask + path, urlencode(fields).encode(), timeout=20) as answer:
        return str(answer.geturl())


def value(page: str, name: str) -> str:
    found = re.search(f'name="{name}"[^>]* value="([^"]*)"', page)
    assert found, f"there is no {name} in the page"
    return found[1]


def cards(page: str) -> list[tuple[str, str, str]]:
    """Address, name and price of each product, in the page's order."""
    one = r'href="/ro/produse/([^"]+)" class="card-link">.*?<h3>(.*?)</h3>.*?<strong>(.*?)</strong>'
    return re.findall(one, page, re.DOTALL)


def stock(product: str) -> int:
    found = shop.products.find_one({"_id": ObjectId(product)})
    assert found
    return int(found["stock_quantity"])


def same_pages() -> str:
    """The address of a product that can be bought."""
    slug = cards(get(f"{vatra}/ro/produse"))[0][0]
    lists = ["", "?page=2", "?page=3", "?sort=price_desc", "?category=paine", "?q=paine", "?without=gluten"]
    paths = ["/ro", f"/ro/produse/{slug}"] + [f"/ro/produse{query}" for query in lists]
    for path in paths:
        ours, theirs = get(vatra + path), get(flask + path)
        assert cards(ours), f"{path}: no products"
        assert cards(ours) == cards(theirs), f"{path}: {cards(ours)} and {cards(theirs)}"
        sizes = len(theirs.encode()) / len(ours.encode())
        assert 0.9 < sizes < 1.1, f"{path}: {sizes:.2f} of the bytes"
        print(f"{path}: the same {len(cards(ours))} products, {sizes * 100:.0f} % of the bytes")
    return slug


def order(slug: str) -> None:
    page = get(f"{flask}/ro/produse/{slug}")
    product = value(page, "product_id")
    before = stock(product)
    post("/fn/cart/add?page=/ro/cart", product_id=product, quantity="1")
    form = get(f"{flask}/ro/checkout")
    day = re.search(r'<option value="(\d{4}-\d\d-\d\d)"', form)
    assert day
    phone = "0722000999"
    fields = {
        "key": value(form, "key"),
        "expected_total": value(form, "expected_total"),
        "name": "Ana Pop",
        "phone": phone,
        "delivery_type": "pickup",
        "pickup_place": value(form, "pickup_place"),
        "day": day[1],
    }
    first = post("/fn/checkout/place", **fields)
    assert first.endswith("/verify"), first
    assert stock(product) == before - 1, "placing takes one piece"
    assert post("/fn/checkout/place", **fields) == first, "the same key is the same order"
    assert stock(product) == before - 1, "the same key takes nothing more"
    number = first.split("/")[-2]
    code = last_code(f"+4{phone}")
    wrong = f"{(int(code) + 1) % 10_000:04}"
    try:
        post("/fn/orders/confirm", order_id=number, code=wrong)
        raise AssertionError("a wrong code was taken")
    except HTTPError as refused:
        assert refused.code == 400
    assert post("/fn/orders/confirm", order_id=number, code=code).endswith("?new=1")
    stored = shop.orders.find_one({"_id": ObjectId(number)})
    assert stored and stored["status"] == "confirmed" and stored["total_amount"] == int(fields["expected_total"])
    assert stock(product) == before - 1, "confirming takes nothing more"
    assert shop.cart_sessions.find_one({"session_id": stored["cart_session"]}) is None, "the cart is emptied"
    print(f"an order through Flask: {stored['order_number']}, stock {before} to {stock(product)}, taken once")
    print("fields that Vatra's orders have and this one has not:", fields_missing(stored) or "none")


def last_code(phone: str) -> str:
    with open(outbox, encoding="utf-8") as file:
        sent = [message for message in map(json.loads, file) if message["to"] == phone]
    found = re.search(r"\b\d{4}\b", sent[-1]["body"])
    assert found
    return found[0]


def fields_missing(stored: dict[str, Any]) -> list[str]:
    theirs = shop.orders.find_one({"status": "confirmed", "_id": {"$ne": stored["_id"]}}) or {}
    return sorted(set(theirs) - set(stored))


order(same_pages())
