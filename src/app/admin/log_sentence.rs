//! Entries of the audit log in words. An action that has no sentence of its own yet is told by the
//! part of the shop that it belongs to, and its key.

use crate::model::{
    audit::{AuditEntry, By, Change, Thing, area},
    locale::Locale,
    session::Rights,
    status::OrderStatus,
    text,
};

/// The parts of the shop that the log can be asked for.
pub const AREAS: [&str; 13] = [
    "orders",
    "board",
    "kitchen",
    "products",
    "categories",
    "customers",
    "figures",
    "settings",
    "admins",
    "invite",
    "account",
    "login",
    "logout",
];

/// The name of a part of the shop.
pub fn area_label(area: &str, l: Locale) -> String {
    let label = match area {
        "orders" => text::desk::orders(l),
        "board" => text::desk::today(l),
        "kitchen" => text::desk::kitchen(l),
        "products" => text::desk::products(l),
        "categories" => text::desk::categories(l),
        "customers" => text::desk::customers(l),
        "figures" => text::desk::figures(l),
        "settings" => text::desk::settings(l),
        "admins" => text::admins::title(l),
        "invite" => text::admins::invitation(l),
        "account" => text::admins::own_account(l),
        "login" => text::audit::logins(l),
        "logout" => text::audit::logouts(l),
        other => other,
    };
    label.to_owned()
}

/// Who did what.
pub fn sentence(entry: &AuditEntry, l: Locale) -> String {
    let who = match &entry.by {
        By::Admin { name } => name.as_str(),
        By::Terminal => text::audit::terminal(l),
        By::Nobody => text::audit::nobody(l),
    };
    let did = match entry.action.as_str() {
        "orders.status" | "orders.change" | "board.move" => text::audit::order_status(l),
        "board.undo" => text::audit::order_undo(l),
        "products.save" | "products.change" | "products.inline" => text::audit::product_save(l),
        "products.create" => text::audit::product_create(l),
        "products.active" => text::audit::product_active(l),
        "products.delete" => text::audit::product_delete(l),
        "products.bulk" => text::audit::product_bulk(l),
        "products.sheet.import" => text::audit::product_import(l),
        "products.images.create" => text::audit::picture_add(l),
        "products.images.delete" | "products.pictures.remove" => text::audit::picture_remove(l),
        "products.pictures.order" => text::audit::picture_order(l),
        "categories.save" | "categories.change" => text::audit::category_save(l),
        "categories.create" => text::audit::category_create(l),
        "categories.active" => text::audit::category_active(l),
        "categories.delete" => text::audit::category_delete(l),
        "categories.order" => text::audit::category_order(l),
        "admins.invite" => text::audit::admin_invite(l),
        "admins.withdraw" => text::audit::admin_withdraw(l),
        "admins.rights" => text::audit::admin_rights(l),
        "admins.remove" => text::audit::admin_remove(l),
        "admins.factor" => text::audit::admin_factor(l),
        "admins.create" => text::audit::admin_create(l),
        "admins.password" => text::audit::admin_password(l),
        "admins.revoke" => text::audit::admin_revoke(l),
        "invite.accept" => text::audit::invite_accept(l),
        "account.password" => text::audit::own_password(l),
        "account.factor.begin" => text::audit::factor_begin(l),
        "account.factor.confirm" => text::audit::factor_confirm(l),
        "account.factor.off" => text::audit::factor_off(l),
        "login.ok" => text::audit::login_ok(l),
        "login.half" => text::audit::login_half(l),
        "login.failed" => text::audit::login_failed(l),
        "login.code" => text::audit::login_code(l),
        "logout" => text::audit::logout(l),
        "settings.set" => text::audit::settings_set(l),
        other => return text::audit::other(l, other, area_label(area(other), l), who),
    };
    format!("{who} {did}")
}

/// The thing, and the address of its page where it has one.
pub fn thing(thing: &Thing, l: Locale) -> Option<(String, Option<String>)> {
    let shown = thing.name.clone().or_else(|| thing.id.clone())?;
    let (label, list) = match thing.kind.as_str() {
        "order" => (text::audit::an_order(l), Some("/admin/orders")),
        "product" => (text::audit::a_product(l), Some("/admin/products")),
        "category" => (text::audit::a_category(l), Some("/admin/categories")),
        "customer" => (text::audit::a_customer(l), Some("/admin/customers")),
        _ => ("", None),
    };
    let address = list.zip(thing.id.as_ref()).map(|(list, id)| format!("{list}/{id}"));
    Some((format!("{label} {shown}").trim().to_owned(), address))
}

/// One change: `stoc: 5 → 3`.
pub fn change(change: &Change, l: Locale) -> String {
    let field = match change.field.as_str() {
        "name" => text::audit::name(l),
        "price" => text::audit::price(l),
        "stock" => text::audit::stock(l),
        "status" => text::admin::status(l),
        "active" => text::audit::active(l),
        "featured" => text::audit::featured(l),
        "rights" => text::admins::rights(l),
        "second_factor" => text::account::factor(l),
        "recovery_codes" => text::audit::recovery_left(l),
        "invited_by" => text::audit::invited_by(l),
        other => other,
    };
    let words = |value: &Option<String>| value.as_deref().map(|value| value_label(&change.field, value, l));
    match (words(&change.from), words(&change.to)) {
        (None, None) => field.to_owned(),
        (None, Some(to)) => format!("{field}: {to}"),
        (Some(from), None) => format!("{field}: {from} → –"),
        (Some(from), Some(to)) => format!("{field}: {from} → {to}"),
    }
}

fn value_label(field: &str, value: &str, l: Locale) -> String {
    let label = match field {
        "status" => OrderStatus::from_name(value).map(|status| status.label(l)),
        "rights" => Rights::from_name(value).map(|rights| rights.label(l)),
        _ => match value {
            "true" | "on" => Some(text::admin::yes(l)),
            "false" | "off" => Some(text::admin::no(l)),
            _ => None,
        },
    };
    label.map_or_else(|| value.to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{audit::Outcome, time::WallTime};

    fn entry(action: &str) -> AuditEntry {
        AuditEntry {
            at: WallTime { year: 2026, month: 11, day: 26, hour: 8, minute: 0 },
            by: By::Admin { name: "ana".into() },
            action: action.into(),
            thing: None,
            changes: vec![],
            outcome: Outcome::Done,
            address: None,
            request_id: None,
        }
    }

    #[test]
    fn an_action_is_told_in_both_languages() {
        assert_eq!(sentence(&entry("orders.status"), Locale::Ro), "ana a mutat o comandă");
        assert_eq!(sentence(&entry("orders.status"), Locale::En), "ana moved an order");
        let new = sentence(&entry("kitchen.print"), Locale::En);
        assert!(new.contains("ana") && new.contains("Kitchen") && new.contains("kitchen.print"), "{new}");
    }

    #[test]
    fn a_change_says_from_and_to_in_words() {
        let told = |field: &str, from: &str, to: &str| {
            let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            change(&Change { field: field.into(), from: given(from), to: given(to) }, Locale::En)
        };
        assert_eq!(told("price", "12.50", "13.00"), "price: 12.50 → 13.00");
        assert_eq!(told("status", "confirmed", "ready"), "Status: Confirmed → Ready");
        assert_eq!(told("second_factor", "on", "off"), "Second factor: yes → no");
        assert_eq!(told("rights", "", "staff"), "Rights: Staff");
    }
}
