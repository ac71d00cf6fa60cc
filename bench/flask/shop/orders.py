"""How an order is placed and confirmed: the same steps and documents as Vatra's."""

import hashlib
import hmac
import json
import os
import secrets
from base64 import urlsafe_b64encode
from datetime import date, timedelta

from bson import Int64, ObjectId
from pymongo.client_session import ClientSession
from pymongo.errors import DuplicateKeyError

from . import cart as carts
from .catalogue import fold
from .database import Document, database

SIGNS = "234679BCDFGHJKMNPQRTVWXZ"
CODE_LIVES = timedelta(minutes=10)
GRACE = timedelta(seconds=30)
SESSION_LIVES = timedelta(hours=24)
REMEMBERED = timedelta(days=3 * 365)
MAX_TRIES = 5
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Known to all workers; a shop would have it in its settings.
KEY = os.environ.get("SESSION_KEY", "only for measuring").encode()


class Refused(Exception):
    """A sentence for the customer."""


def facts() -> Document:
    found = database().settings.find_one({"_id": "shop"})
    return found["facts"] if found else {}


def days(known: Document) -> list[str]:
    """The days that can be chosen: those on which the shop is open."""
    rules = known.get("rules", {"lead_days": 1, "days_ahead": 14})
    ahead = range(max(1, rules["lead_days"]), rules["days_ahead"] + 1)
    all_days = (date.today() + timedelta(days=number) for number in ahead)
    hours = known.get("hours", {})
    return [day.isoformat() for day in all_days if not hours or hours.get(WEEK[day.weekday()])]


def place(cart_id: str, form: dict[str, str]) -> Document:
    known = facts()
    checked = check(form, known)
    body = json.dumps([cart_id, checked], sort_keys=True)
    request_hash = hashed(body)
    earlier = database().orders.find_one({"idempotency_key": form["key"]})
    if earlier is not None:
        return replayed(earlier, request_hash)
    if database().blocks.find_one({"_id": mac("block", checked["customer_phone"])}):
        raise Refused("Sună-ne, te rugăm, ca să comanzi.")
    cart = carts.read(cart_id)
    if not cart.lines:
        raise Refused("Coșul e gol.")
    if form["expected_total"] != str(cart.total):
        raise Refused("Totalul s-a schimbat.")
    order = document(cart, checked, form["key"], request_hash)
    try:
        store(cart, order)
    except DuplicateKeyError:
        earlier = database().orders.find_one({"idempotency_key": form["key"]})
        if earlier is None:
            raise
        return replayed(earlier, request_hash)
    send_code(order)
    return order


def replayed(order: Document, request_hash: str) -> Document:
    if order["request_hash"] != request_hash:
        raise Refused("Comanda a fost deja trimisă altfel.")
    return order


def check(form: dict[str, str], known: Document) -> Document:
    name = " ".join(form["name"].split())
    digits = "".join(sign for sign in form["phone"] if sign.isdigit())
    if not 1 <= len(name) <= 100:
        raise Refused("Scrie-ne numele.")
    if not (len(digits) == 10 and digits.startswith("07")):
        raise Refused("Scrie un număr de telefon mobil.")
    if form["delivery_type"] != "pickup":
        raise Refused("Aici se poate numai ridica.")
    place = next((one for one in known.get("places", []) if one["id"] == form["pickup_place"]), None)
    if place is None or form["day"] not in days(known):
        raise Refused("Alege unde și când.")
    checked = {
        "customer_name": name,
        "customer_phone": f"+4{digits}",
        "delivery_type": "pickup",
        "day": form["day"],
        "place": place["name"]["ro"],
    }
    texts = {field: form[field].strip() for field in ("preferred_time", "special_instructions")}
    return checked | {field: text for field, text in texts.items() if text}


def document(cart: carts.Cart, checked: Document, key: str, request_hash: str) -> Document:
    at = carts.now()
    drawn = "".join(secrets.choice(SIGNS) for _ in range(7))
    number = f"{drawn[:3]}-{drawn[3:]}"
    return checked | {
        "_id": ObjectId(),
        "order_number": number,
        "idempotency_key": key,
        "request_hash": request_hash,
        "cart_session": cart.id,
        "locale": "ro",
        "source": "web",
        "items": [item(line) for line in cart.lines],
        "delivery_fee": Int64(0),
        "total_amount": Int64(cart.total),
        "status": "pending",
        "history": [{"status": "pending", "by": {"by": "customer"}, "at": at}],
        "desk": {},
        "pending_until": at + CODE_LIVES + GRACE,
        "search": search_entries(checked["customer_name"], checked["customer_phone"], number),
        "created_at": at,
        "updated_at": at,
    }


def item(line: carts.Line) -> Document:
    facts_of_food = {
        field: line.product[field] for field in ("net_content", "allergens", "vat_rate") if field in line.product
    }
    return {
        "product_id": line.product["_id"],
        "product_name": line.product["name"],
        "quantity": Int64(line.quantity),
        "unit_price": Int64(line.product["price"]),
        "total_price": Int64(line.total),
    } | facts_of_food


def search_entries(name: str, phone: str, number: str) -> list[str]:
    digits = phone.removeprefix("+")
    words = fold(f"{name} {number.replace('-', ' ')} {number.replace('-', '')}").split()
    return words + [f"+{digits[begin:]}" for begin in range(len(digits) - 2)]


def store(cart: carts.Cart, order: Document) -> None:
    """Takes the stock and stores the order in one transaction, tried again when another was first."""

    def steps(session: ClientSession) -> None:
        shop = database()
        claimed = {"$set": {"updated_at": carts.now()}}
        if not shop.cart_sessions.update_one({"session_id": cart.id}, claimed, session=session).matched_count:
            raise Refused("Coșul e gol.")
        waiting = {"cart_session": cart.id, "status": "pending"}
        for old in list(shop.orders.find(waiting, session=session)):
            cancel(old, session)
        for line in order["items"]:
            enough = {
                "_id": line["product_id"],
                "active": True,
                "price": line["unit_price"],
                "stock_quantity": {"$gte": line["quantity"]},
            }
            taken = {"$inc": {"stock_quantity": Int64(-line["quantity"])}}
            if not shop.products.update_one(enough, taken, session=session).modified_count:
                raise Refused("Nu mai este destul.")
        shop.orders.insert_one(order, session=session)

    with database().client.start_session() as session:
        session.with_transaction(steps, write_concern=database().write_concern)


def cancel(order: Document, session: ClientSession) -> None:
    at = carts.now()
    step = {"status": "cancelled", "by": {"by": "shop"}, "at": at}
    change = {"$set": {"status": "cancelled", "updated_at": at}, "$push": {"history": step}}
    still = {"_id": order["_id"], "status": "pending"}
    if database().orders.update_one(still, change, session=session).modified_count:
        for line in order["items"]:
            back = {"$inc": {"stock_quantity": Int64(line["quantity"])}}
            database().products.update_one({"_id": line["product_id"]}, back, session=session)


def send_code(order: Document) -> None:
    code = f"{secrets.randbelow(10_000):04}"
    at = carts.now()
    sent = {
        "phone": order["customer_phone"],
        "code_hash": mac("code", str(order["_id"]), order["customer_phone"], code),
        "tries": Int64(0),
        "sends": Int64(1),
        "sent_at": at,
        "expires_at": at + CODE_LIVES,
    }
    database().verifications.update_one({"subject": str(order["_id"])}, {"$set": sent}, upsert=True)
    # No message leaves the machine: it is appended to a file, as Vatra's console sender does.
    outbox = os.environ.get("SMS_OUTBOX")
    if outbox:
        body = f"Vatra: codul tau este {code}. Valabil 10 minute."
        line = json.dumps({"at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "body": body, "to": order["customer_phone"]})
        with open(outbox, "a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def confirm(order: Document, code: str) -> str:
    """The token of the session that the right code opens."""
    if order["status"] != "pending":
        raise Refused("Comanda nu mai așteaptă un cod.")
    subject = {"subject": str(order["_id"])}
    valid = subject | {
        "phone": order["customer_phone"],
        "tries": {"$lt": MAX_TRIES},
        "expires_at": {"$gt": carts.now()},
    }
    sent = database().verifications.find_one_and_update(valid, {"$inc": {"tries": Int64(1)}})
    if sent is None:
        raise Refused("Codul nu mai e valabil.")
    expected = mac("code", str(order["_id"]), order["customer_phone"], "".join(code.split()))
    if not hmac.compare_digest(sent["code_hash"], expected):
        raise Refused("Codul nu e cel din SMS.")
    confirm_verified(order)
    database().verifications.delete_one(subject)
    return open_session(order)


def confirm_verified(order: Document) -> None:
    def steps(session: ClientSession) -> None:
        at = carts.now()
        step = {"status": "confirmed", "by": {"by": "customer"}, "at": at}
        change = {
            "$set": {"status": "confirmed", "verified_at": at, "updated_at": at},
            "$push": {"history": step},
        }
        still = {"_id": order["_id"], "status": "pending"}
        if not database().orders.update_one(still, change, session=session).modified_count:
            raise Refused("Comanda nu mai așteaptă un cod.")
        database().cart_sessions.delete_one({"session_id": order["cart_session"]}, session=session)

    with database().client.start_session() as session:
        session.with_transaction(steps, write_concern=database().write_concern)


def open_session(order: Document) -> str:
    token = secrets.token_urlsafe(32)
    at = carts.now()
    phone, name = order["customer_phone"], order["customer_name"]
    session = {"phone_number": phone, "name": name, "created_at": at, "expires_at": at + SESSION_LIVES}
    database().sessions.insert_one(session | {"token_hash": hashed(token)})
    customer = {
        "name": name,
        "sort_name": fold(name),
        "search_words": sorted(fold(name).split()),
        "last_login": at,
        "last_order_at": at,
        "updated_at": at,
        "expires_at": at + REMEMBERED,
    }
    first = {"role": "customer", "created_at": at, "orders": Int64(0), "spent": Int64(0)}
    database().users.update_one({"phone_number": phone}, {"$set": customer, "$setOnInsert": first}, upsert=True)
    return token


def phone_of_session(token: str) -> str | None:
    found = database().sessions.find_one({"token_hash": hashed(token), "expires_at": {"$gt": carts.now()}})
    return found["phone_number"] if found else None


def by_id(order: str) -> Document | None:
    return database().orders.find_one({"_id": ObjectId(order)}) if ObjectId.is_valid(order) else None


def hashed(text: str) -> str:
    return encoded(hashlib.sha256(text.encode()).digest())


def mac(*words: str) -> str:
    return encoded(hmac.digest(KEY, "\x1f".join(words).encode(), "sha256"))


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
