//! Uploads that are refused, and why.

use super::{
    api::Api,
    upload::{Producer, address, form, multipart},
};
use crate::harness::pictures::{encoded, picture, png, png_of, zeros};
use axum::body::Body;
use http::{Request, header};
use image::ImageFormat;
use serde_json::json;

const MB: usize = 1024 * 1024;

#[tokio::test]
async fn only_the_producer_with_the_token_may() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let ana = Producer::of(&api).await;
    // A body that would be refused for its size, if it were read.
    let bodies = [form(&[("image", &png(1))]), vec![b'x'; 17 * MB]];
    for body in bodies {
        let send = async |visitor: &super::api::Visitor<'_>, token: Option<&str>| {
            let request = multipart(bread.id.as_str());
            let request =
                token.into_iter().fold(request, |request, token| request.header("X-CSRF-Token", token));
            let (parts, answer) = visitor.exchange(request, Body::from(body.clone())).await;
            super::answer::Answer::new(parts, &answer)
        };
        let nobody = api.visitor();
        send(&nobody, None).await.refused(401, "AUTH_002");
        send(&nobody, Some("x")).await.refused(401, "AUTH_002");
        for token in [None, Some(""), Some("x")] {
            send(&ana.visitor, token).await.refused(403, "AUTH_003");
        }
    }
    let place = format!("{}/x.jpg", address(bread.id.as_str()));
    api.visitor().delete(&place).await.refused(401, "AUTH_002");
    ana.visitor.delete(&place).await.refused(403, "AUTH_003");
    assert!(api.shop.kept_files().is_empty());
}

#[tokio::test]
async fn a_product_that_does_not_exist_is_told_before_the_body_is_read() {
    let api = Api::open().await;
    let ana = Producer::of(&api).await;
    for id in ["507f1f77bcf86cd799439011", "paine", "$ne"] {
        for body in [form(&[("image", b"no picture")]), vec![b'x'; 17 * MB]] {
            let answer = ana.send(multipart(id), body).await;
            assert_eq!(answer.refused(404, "DB_002"), json!({ "what": "product" }), "{id}");
        }
    }
}

#[tokio::test]
async fn what_is_no_picture_is_an_error_of_its_field() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let ana = Producer::of(&api).await;
    let whole = encoded(&picture(400, 300, 1), ImageFormat::Png);
    for file in [
        b"<script>alert(1)</script>".to_vec(),
        b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>".to_vec(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
        whole[..whole.len() / 2].to_vec(),
    ] {
        ana.upload(bread.id.as_str(), &[file]).await.refused_for(400, "VAL_002", &["image"]);
    }
    for file in [png_of(50_000, 50_000, &zeros(100)), png_of(11_000, 11_000, &zeros(11_000 * 44_001))] {
        let answer = ana.upload(bread.id.as_str(), &[file]).await;
        answer.refused_for(400, "VAL_003", &["image"]);
        assert!(answer.text.contains("12000") && answer.text.contains("50"), "{}", answer.text);
    }
    // A good one before a bad one does not stay either.
    let mixed = ana.upload(bread.id.as_str(), &[png(1), b"x".to_vec()]).await;
    mixed.refused_for(400, "VAL_002", &["image"]);
    assert!(api.shop.kept_files().is_empty());
    let product = api.shop.any_product(bread.id.as_str()).await.unwrap();
    assert_eq!(product.image_addresses(), [""; 0]);
}

#[tokio::test]
async fn files_and_requests_have_a_limit() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let ana = Producer::of(&api).await;
    let padded = |bytes: usize| [png(1), vec![0; bytes - png(1).len()]].concat();
    ana.upload(bread.id.as_str(), &[padded(8 * MB + 1)]).await.refused_for(413, "VAL_003", &["image"]);
    let three = [padded(6 * MB), padded(6 * MB), padded(6 * MB)];
    ana.upload(bread.id.as_str(), &three).await.refused_for(413, "VAL_003", &["body"]);
    assert!(api.shop.kept_files().is_empty());
    ana.upload(bread.id.as_str(), &[padded(8 * MB)]).await.data(201);
    // The other addresses keep their own limit.
    let large = json!({ "username": "x".repeat(64 * 1024), "password": "" });
    api.visitor().post("/api/auth/login", &large).await.refused_for(413, "VAL_003", &["body"]);
}

#[tokio::test]
async fn what_is_no_form_with_files_is_told() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let ana = Producer::of(&api).await;
    let id = bread.id.as_str();
    let good = form(&[("image", &png(1))]);
    for kind in ["image/png", "application/json", "application/x-www-form-urlencoded", "multipart/mixed"] {
        let request = Request::post(address(id)).header(header::CONTENT_TYPE, kind);
        ana.send(request, good.clone()).await.refused_for(415, "VAL_002", &["Content-Type"]);
    }
    ana.send(Request::post(address(id)), good.clone()).await.refused_for(415, "VAL_002", &["Content-Type"]);
    let without_boundary = Request::post(address(id)).header(header::CONTENT_TYPE, "multipart/form-data");
    ana.send(without_boundary, good.clone()).await.refused_for(400, "VAL_002", &["body"]);
    let broken = [Vec::new(), b"x".to_vec(), good[..good.len() - 10].to_vec(), good[..30].to_vec(), png(1)];
    for body in broken {
        ana.send(multipart(id), body).await.refused_for(400, "VAL_002", &["body"]);
    }
    for (parts, code, field) in [
        (vec![], "VAL_001", "image"),
        (vec![("image", &b""[..])], "VAL_001", "image"),
        (vec![("picture", &b"x"[..])], "VAL_002", "picture"),
        (vec![("image[$ne]", &b"x"[..])], "VAL_002", "image[$ne]"),
        (vec![("", &b"x"[..])], "VAL_002", "body"),
    ] {
        ana.send(multipart(id), form(&parts)).await.refused_for(400, code, &[field]);
    }
    let long = "x".repeat(65);
    ana.send(multipart(id), form(&[(&long, b"x")])).await.refused_for(400, "VAL_002", &["body"]);
    assert!(api.shop.kept_files().is_empty());
}

#[tokio::test]
async fn a_sixth_picture_is_out_of_range() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let ana = Producer::of(&api).await;
    let pictures: Vec<_> = (0..7).map(png).collect();
    ana.upload(bread.id.as_str(), &pictures[..6]).await.refused_for(400, "VAL_003", &["images"]);
    ana.upload(bread.id.as_str(), &pictures[..4]).await.data(201);
    let five = ana.upload(bread.id.as_str(), &pictures[4..5]).await.data(201);
    ana.upload(bread.id.as_str(), &pictures[5..6]).await.refused_for(400, "VAL_003", &["images"]);
    assert_eq!(five["images"].as_array().unwrap().len(), 5);
    assert_eq!(api.shop.kept_files().len(), 5);
}
