//! How the shop is doing.

use super::Signed;
use crate::model::{error::AppError, field::FieldErrors, figures::Figures};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// The figures that were asked for; the usual ones when they cannot be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answered {
    /// The figures.
    pub figures: Figures,
    /// What was wrong with the question.
    pub errors: FieldErrors,
}

/// The figures of a range of days.
#[server(prefix = "/fn", endpoint = "admin/figures/view", input = GetUrl)]
pub async fn load_figures(
    #[server(default)] range: Option<String>,
    #[server(default)] from: Option<String>,
    #[server(default)] to: Option<String>,
    #[server(default)] step: Option<String>,
) -> Result<Signed<Answered>, AppError> {
    use crate::server::{
        context::Here,
        service::figures::{FiguresRequest, Sellers},
    };
    let here = Here::get()?;
    let admin = here.owner().await?.admin;
    let (l, asked) = (here.visitor.locale, FiguresRequest { range, from, to, step });
    let (figures, errors) = match here.shop.figures(&asked, Sellers::Best, l).await {
        Err(AppError::Fields { errors }) => {
            (here.shop.figures(&FiguresRequest::default(), Sellers::Best, l).await?, errors)
        }
        figures => (figures?, FieldErrors::default()),
    };
    Ok(Signed { admin, data: Answered { figures, errors } })
}
