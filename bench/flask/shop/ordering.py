"""What the forms of cart and checkout send, and the pages of an order. The addresses and fields are
Vatra's, so that one client can order from both."""

import secrets
from collections import defaultdict

from bson import ObjectId
from flask import Blueprint, Response, abort, render_template, request

from . import cart as carts
from . import orders
from .database import Document

blueprint = Blueprint("ordering", __name__)

SESSION = "bench_session"


def product_id() -> ObjectId:
    written = request.form.get("product_id", "")
    if not ObjectId.is_valid(written):
        abort(400)
    return ObjectId(written)


def to(address: str) -> Response:
    answer = Response(status=303)
    # Only a path of this shop: a second slash would begin another host.
    answer.location = address if address.startswith("/") and not address.startswith("//") else "/ro"
    return answer


@blueprint.post("/fn/cart/add")
def add() -> Response:
    return put(replace=False)


@blueprint.post("/fn/cart/set")
def change() -> Response:
    return put(replace=True)


def put(replace: bool) -> Response:
    quantity = request.form.get("quantity", 1, type=int)
    if not 1 <= quantity <= carts.MOST:
        abort(400)
    cart = carts.put(request.cookies.get(carts.COOKIE), product_id(), quantity, replace)
    if cart is None:
        abort(409)
    answer = to(request.args.get("page", "/ro/cart"))
    answer.set_cookie(carts.COOKIE, cart, max_age=carts.TTL, httponly=True, samesite="Lax")
    return answer


@blueprint.post("/fn/cart/remove")
def remove() -> Response:
    cart = request.cookies.get(carts.COOKIE)
    if cart:
        carts.remove(cart, product_id())
    return to(request.args.get("page", "/ro/cart"))


@blueprint.get("/ro/checkout")
def checkout() -> str:
    return form_page({}, None)


def form_page(typed: dict[str, str], problem: str | None) -> str:
    known = orders.facts()
    return render_template(
        "checkout.html",
        cart=carts.read(request.cookies.get(carts.COOKIE)),
        facts=known,
        days=orders.days(known),
        key=secrets.token_urlsafe(32),
        typed=typed,
        problem=problem,
    )


@blueprint.post("/fn/checkout/place")
def place() -> Response | tuple[str, int]:
    form: dict[str, str] = defaultdict(str, request.form.items())
    cart = request.cookies.get(carts.COOKIE)
    if not cart or not form["key"]:
        abort(400)
    try:
        order = orders.place(cart, form)
    except orders.Refused as refused:
        return form_page(form, str(refused)), 409
    answer = to(f"/ro/orders/{order['_id']}/verify")
    # Shows the order to this browser before its number is proved.
    answer.set_cookie("bench_order", orders.mac("order", str(order["_id"])), httponly=True, samesite="Lax")
    return answer


def waiting_order(order_id: str) -> Document:
    order = orders.by_id(order_id)
    if order is None or request.cookies.get("bench_order") != orders.mac("order", order_id):
        abort(404)
    return order


@blueprint.get("/ro/orders/<order_id>/verify")
def verify(order_id: str) -> str:
    return render_template("verify.html", order=waiting_order(order_id), problem=None)


@blueprint.post("/fn/orders/confirm")
def confirm() -> Response | tuple[str, int]:
    order = waiting_order(request.form.get("order_id", ""))
    try:
        token = orders.confirm(order, request.form.get("code", ""))
    except orders.Refused as refused:
        return render_template("verify.html", order=order, problem=str(refused)), 400
    answer = to(f"/ro/orders/{order['_id']}?new=1")
    answer.set_cookie(SESSION, token, max_age=orders.SESSION_LIVES, httponly=True, samesite="Strict")
    return answer


@blueprint.get("/ro/orders/<order_id>")
def show(order_id: str) -> str:
    order = orders.by_id(order_id)
    token = request.cookies.get(SESSION)
    if order is None or token is None or orders.phone_of_session(token) != order["customer_phone"]:
        abort(404)
    return render_template("order.html", order=order, facts=orders.facts())
