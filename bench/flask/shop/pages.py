"""Pages that show the catalogue and the cart."""

from flask import Blueprint, render_template, request

from . import cart, catalogue, orders
from .text import ALLERGENS

blueprint = Blueprint("pages", __name__)


@blueprint.app_context_processor
def of_every_page() -> dict[str, object]:
    return {"cart_count": cart.count, "origin": request.host_url.rstrip("/"), "names_of_allergens": ALLERGENS}


@blueprint.get("/readyz")
def ready() -> str:
    catalogue.categories()
    return "ready"


@blueprint.get("/ro")
def home() -> str:
    return render_template(
        "home.html",
        shelves=catalogue.categories(),
        pictures=catalogue.pictures(),
        products=catalogue.featured(),
        facts=orders.facts(),
    )


@blueprint.get("/ro/produse")
def products() -> str:
    shelves = catalogue.categories()
    asked = request.args
    chosen = catalogue.Wanted(
        category=asked.get("category", ""),
        search=asked.get("q", "")[:80],
        without=[name for name in asked.getlist("without") if name in ALLERGENS],
        sort=asked.get("sort", "name"),
    )
    page = max(1, asked.get("page", 1, type=int))
    listing = catalogue.listing(shelves, chosen, page)
    return render_template("products.html", shelves=shelves, listing=listing, chosen=chosen)


@blueprint.get("/ro/produse/<slug>")
def product(slug: str) -> str:
    found = catalogue.product(slug)
    return render_template("product.html", product=found, similar=catalogue.similar(found))


@blueprint.get("/ro/cart")
def show_cart() -> str:
    return render_template("cart.html", cart=cart.read(request.cookies.get(cart.COOKIE)))
