//! The query of a list of products (`rest::products::read`, `service::catalog::parse`): what is
//! accepted keeps its limits; a refusal names fields and does not repeat whatever was sent.
#![no_main]
use libfuzzer_sys::fuzz_target;
use vatra::{
    fuzzing::rest_query,
    model::{error::AppError, page::Paging, product::MAX_SEARCH},
};

fuzz_target!(|query: &str| {
    match rest_query(query) {
        Ok(query) => {
            assert!((1..=Paging::MAX_PAGE).contains(&query.paging.page()));
            assert!((1..=Paging::MAX_PER_PAGE).contains(&query.paging.per_page()));
            assert!(!query.with_inactive);
            if let Some(search) = query.search {
                assert!((1..=MAX_SEARCH).contains(&search.chars().count()) && search.trim() == search);
            }
        }
        Err(AppError::Fields { errors }) => {
            assert!(!errors.is_empty() && errors.0.keys().all(|name| name.len() <= 64));
        }
        Err(error) => panic!("{error}"),
    }
});
