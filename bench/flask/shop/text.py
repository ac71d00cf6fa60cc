"""How amounts, measures, allergens and days are written in Romanian."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from .database import Document

ALLERGENS = {
    "gluten": "gluten",
    "crustaceans": "crustacee",
    "eggs": "ouă",
    "fish": "pește",
    "peanuts": "arahide",
    "soybeans": "soia",
    "milk": "lapte",
    "nuts": "fructe cu coajă lemnoasă",
    "celery": "țelină",
    "mustard": "muștar",
    "sesame": "susan",
    "sulphites": "sulfiți",
    "lupin": "lupin",
    "molluscs": "moluște",
}
BASE = {"g": ("kg", 1000), "kg": ("kg", 1), "ml": ("l", 1000), "l": ("l", 1), "piece": ("buc.", 1)}
UNITS = {"piece": "buc."}
DAYS = ("luni", "marți", "miercuri", "joi", "vineri", "sâmbătă", "duminică")
MONTHS = (
    "ianuarie",
    "februarie",
    "martie",
    "aprilie",
    "mai",
    "iunie",
    "iulie",
    "august",
    "septembrie",
    "octombrie",
    "noiembrie",
    "decembrie",
)
CLOCK = ZoneInfo("Europe/Bucharest")


def amount(bani: int, comma: str = ",") -> str:
    return f"{bani // 100}{comma}{bani % 100:02}"


def lei(bani: int) -> str:
    return f"{amount(bani)} lei"


def measure(product: Document, price: int | None = None) -> str:
    """`500 g · 68,00 lei/kg`, or nothing when the content is unknown."""
    content = product.get("net_content")
    if not content:
        return ""
    thousandths, unit = content["thousandths"], content["unit"]
    base, parts = BASE[unit]
    each = round((product["price"] if price is None else price) * 1000 * parts / thousandths)
    size = f"{thousandths / 1000:g}".replace(".", ",")
    return f"{size} {UNITS.get(unit, unit)} · {lei(each)}/{base}"


def allergens(product: Document) -> str:
    declared = product.get("allergens")
    if declared is None:
        return "Alergenii nu sunt declarați."
    contains = ", ".join(ALLERGENS[name] for name in declared["contains"])
    traces = ", ".join(ALLERGENS[name] for name in declared["may_contain"])
    if not contains and not traces:
        return "Nu conține niciunul dintre cei 14 alergeni."
    sentences = [f"Conține: {contains}." if contains else "", f"Poate conține urme de: {traces}." if traces else ""]
    return " ".join(sentence for sentence in sentences if sentence)


def vat_included(bani: int, rate: int) -> int:
    return round(bani * rate / (100 + rate))


def day(written: str) -> str:
    when = date.fromisoformat(written)
    return f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"


def moment(when: datetime) -> str:
    local = when.replace(tzinfo=ZoneInfo("UTC")).astimezone(CLOCK)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"
