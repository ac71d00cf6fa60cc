//! Everybody who asks.

use super::{scene::Scene, table::STAFF};
use crate::rest::api::{Api, Visitor};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use vatra::{
    model::{
        session::{Customer, Rights},
        time::Timestamp,
    },
    server::{clock::now, secrets, service::auth::TOKEN, visitor::Cookies},
};

const PASSWORD: &str = "o parolă lungă";

/// Who asks: a name for messages, the column of the tables, and the browser.
pub struct Person<'a> {
    pub name: &'static str,
    pub column: usize,
    pub browser: Visitor<'a>,
    /// The CSRF token that is sent along.
    pub csrf: Option<String>,
}

impl Person<'_> {
    /// Neither the order's customer nor the producer.
    pub fn is_outsider(&self) -> bool {
        self.column < 2
    }
}

/// What valid tokens of the shop's producer, and of who works there, say.
pub struct Producer {
    claims: Value,
    staff: Value,
    customer_id: String,
}

impl Producer {
    /// Makes the account and logs in once.
    pub async fn hired(api: &Api) -> Producer {
        api.admin(PASSWORD).await;
        api.shop.add_admin("maria", PASSWORD, Rights::Staff).await.expect("somebody who works there");
        let (claims, staff) = (claims_of(api, "ana").await, claims_of(api, "maria").await);
        let customer = Customer {
            phone: vatra::server::service::phone::read("+40722999999").expect("a number"),
            name: "Ion".into(),
        };
        let users = &api.shop.store.users;
        users.remember_customer(&customer.phone, &customer.name).await.expect("a customer");
        let user = api.shop.raw("users").find_one(mongodb::bson::doc! { "role": "customer" }).await;
        let customer_id = user.unwrap().expect("the customer").get_object_id("_id").unwrap().to_hex();
        Producer { claims, staff, customer_id }
    }

    /// The claims of another login, with some of them changed.
    fn login(&self, changes: Value) -> Value {
        Producer::changed(&self.claims, changes)
    }

    fn changed(claims: &Value, changes: Value) -> Value {
        let mut claims = claims.clone();
        let all = claims.as_object_mut().unwrap();
        all.insert("family".into(), json!(secrets::token()));
        let Value::Object(changes) = changes else { panic!("{changes}") };
        all.extend(changes);
        claims
    }
}

async fn claims_of(api: &Api, name: &str) -> Value {
    let token = api.shop.log_in(name, PASSWORD, "192.0.2.1").await.expect("a login").token.expect("a token");
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&payload).expect("claims")
}

fn signed(api: &Api, claims: &Value) -> String {
    with_header(api, &Header::new(Algorithm::HS256), claims)
}

fn with_header(api: &Api, header: &Header, claims: &Value) -> String {
    encode(header, claims, &EncodingKey::from_secret(api.shop.config.jwt_secret.bytes())).unwrap()
}

/// The CSRF token of a login, as its pages carry it.
fn csrf(api: &Api, claims: &Value) -> Option<String> {
    Some(api.shop.config.session_key.mac(&["csrf", claims["family"].as_str().unwrap()]))
}

/// Everybody, for one scene.
pub async fn everybody<'a>(api: &'a Api, scene: &Scene, producer: &Producer) -> Vec<Person<'a>> {
    let mut people = honest(api, scene, producer).await;
    people.push(ended(api, scene, producer).await);
    people.extend(forgers(api, producer).await);
    people
}

/// Those who are who they say they are.
pub async fn honest<'a>(api: &'a Api, scene: &Scene, producer: &Producer) -> Vec<Person<'a>> {
    let mut people = customers(api, scene).await;
    people.extend(admins(api, producer));
    people
}

async fn customers<'a>(api: &'a Api, scene: &Scene) -> Vec<Person<'a>> {
    let cookies = Cookies::new(&api.shop.config);
    let cart = |id| cookies.cart(id, 3600).to_str().unwrap().to_owned();
    let [stranger, other, holder, same] = [(); 4].map(|()| api.visitor());
    other.keep(&cart(&scene.other_cart));
    Scene::signed_in(api, &other, &scene.other_phone, Scene::soon()).await;
    holder.keep(&cart(&scene.cart));
    Scene::signed_in(api, &same, &scene.phone, Scene::soon()).await;
    let names = ["a stranger", "another customer", "the cart's browser", "the phone's session"];
    let browsers = [stranger, other, holder, same];
    let person = |(column, (name, browser))| Person { name, column, browser, csrf: None };
    names.into_iter().zip(browsers).enumerate().map(person).collect()
}

fn admins<'a>(api: &'a Api, producer: &Producer) -> Vec<Person<'a>> {
    let claims = producer.login(json!({}));
    let other = producer.login(json!({}));
    let person = |name, column, csrf| {
        let browser = api.visitor();
        browser.set_cookie("vatra_admin", &signed(api, &claims));
        Person { name, column, browser, csrf }
    };
    let staff = Producer::changed(&producer.staff, json!({}));
    let browser = api.visitor();
    browser.set_cookie("vatra_admin", &signed(api, &staff));
    vec![
        person("the producer", 4, csrf(api, &claims)),
        Person { name: "staff", column: STAFF, browser, csrf: csrf(api, &staff) },
        person("the producer without a CSRF token", 5, None),
        person("the producer with an empty CSRF token", 5, Some(String::new())),
        person("the producer with another login's CSRF token", 5, csrf(api, &other)),
    ]
}

/// A customer of the order's phone who is also the producer, both too late.
async fn ended<'a>(api: &'a Api, scene: &Scene, producer: &Producer) -> Person<'a> {
    let browser = api.visitor();
    Scene::signed_in(api, &browser, &scene.phone, Timestamp(now().0 - 1000)).await;
    let second = now().0 / 1000;
    let claims = producer.login(json!({ "iat": second - TOKEN, "exp": second - 1 }));
    browser.set_cookie("vatra_admin", &signed(api, &claims));
    Person { name: "ended sessions", column: 0, browser, csrf: csrf(api, &claims) }
}

/// Tokens that look like the producer's, each with one thing wrong and with the CSRF token that
/// would fit.
async fn forgers<'a>(api: &'a Api, producer: &Producer) -> Vec<Person<'a>> {
    let forged = |name, changes: Value, forge: fn(&Api, &Value) -> String| {
        let claims = producer.login(changes);
        let browser = api.visitor();
        browser.set_cookie("vatra_admin", &forge(api, &claims));
        Person { name, column: 0, browser, csrf: csrf(api, &claims) }
    };
    let revoked = producer.login(json!({}));
    let login = api.shop.login_of(Some(&signed(api, &revoked))).await.expect("valid until revoked");
    api.shop.log_out(&login).await.expect("revoked");
    vec![
        forged("alg none", json!({}), |_, claims| format!("{}.", unsigned("none", claims))),
        forged("alg none with a signature", json!({}), |api, claims| signed_as(api, "none", claims)),
        forged("alg RS256, signed with our key", json!({}), |api, claims| signed_as(api, "RS256", claims)),
        forged("alg HS512, signed as HS256", json!({}), |api, claims| signed_as(api, "HS512", claims)),
        forged("alg HS512", json!({}), |api, claims| {
            with_header(api, &Header::new(Algorithm::HS512), claims)
        }),
        forged("another key", json!({}), |_, claims| {
            encode(&Header::new(Algorithm::HS256), claims, &EncodingKey::from_secret(&[7; 32])).unwrap()
        }),
        forged("no signature", json!({}), |_, claims| format!("{}.", unsigned("HS256", claims))),
        forged("a truncated signature", json!({}), |api, claims| {
            let token = signed(api, claims);
            token[..token.len() - 2].to_owned()
        }),
        forged("another audience", json!({ "aud": "vatra-shop" }), signed),
        forged("another issuer", json!({ "iss": "somebody" }), signed),
        forged("the role customer", json!({ "role": "customer" }), signed),
        forged("a customer's account", json!({ "user_id": producer.customer_id }), signed),
        forged("no account", json!({ "user_id": "65a1b2c3d4e5f60718293000" }), signed),
        forged("a revoked login", json!({ "family": revoked["family"] }), signed),
    ]
}

/// Header and claims under this algorithm's name.
fn unsigned(algorithm: &str, claims: &Value) -> String {
    let header = json!({ "typ": "JWT", "alg": algorithm }).to_string();
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims.to_string()))
}

/// The same with the right HMAC of our key, whatever the name says.
fn signed_as(api: &Api, algorithm: &str, claims: &Value) -> String {
    let message = unsigned(algorithm, claims);
    let key = EncodingKey::from_secret(api.shop.config.jwt_secret.bytes());
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
    format!("{message}.{signature}")
}
