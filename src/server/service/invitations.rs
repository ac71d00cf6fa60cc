//! Inviting admins: a link that opens once, within two days, and is told to who invites alone.

use super::Shop;
use crate::{
    model::{
        account::{InviteForm, Invited, NewPassword},
        error::{AppError, Conflict, Missing},
        field::FieldErrors,
        ids::InvitationId,
    },
    server::{
        clock::{now, wall},
        secrets,
        store::{
            invitations::Invitation,
            rate_limits::{Limit, Per},
        },
        trail::{self, Who},
    },
};

/// How long an invitation is open, in seconds.
const OPEN: i64 = 48 * 3600;
/// How often one address may look at invitations or take one.
const LOOKS: Limit = Limit { most: 60, per: Per::Seconds(300) };

impl Shop {
    /// Invites somebody. The token opens the invitation: it is told this once, and stored as a hash.
    ///
    /// # Errors
    /// Field errors; a conflict when the name is an admin's already.
    pub async fn invite(&self, form: &InviteForm, invited_by: &str) -> Result<String, AppError> {
        let (username, rights) = form.parse()?;
        if self.store.users.admin(&username).await?.is_some() {
            let conflict = Conflict::Duplicate { field: "username".to_owned() };
            return Err(AppError::Conflict { conflict });
        }
        let token = secrets::token();
        let (hash, until) = (secrets::token_hash(&token), now().plus_seconds(OPEN));
        self.store.invitations.invite(hash, &username, rights, invited_by, until).await?;
        trail::named(&username);
        trail::set("rights", rights.name());
        Ok(token)
    }

    /// Who was invited and has not come yet.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn invited(&self) -> Result<Vec<Invited>, AppError> {
        let all = self.store.invitations.all().await?;
        Ok(all.into_iter().map(Invited::from).collect())
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn withdraw_invitation(&self, id: &InvitationId) -> Result<(), AppError> {
        let taken = self.store.invitations.withdraw(id).await?;
        trail::named(taken.ok_or(AppError::missing(Missing::Invitation))?.username);
        Ok(())
    }

    /// What an invitation says.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it has ended or was never there; [`AppError::RateLimited`].
    pub async fn invitation(&self, token: &str, address: &str) -> Result<Invited, AppError> {
        self.looked(address).await?;
        let found = self.store.invitations.by_token(&secrets::token_hash(token)).await?;
        found.map(Invited::from).ok_or(AppError::missing(Missing::Invitation))
    }

    /// Becomes an admin with this password.
    ///
    /// # Errors
    /// Field errors, [`AppError::NotFound`], [`AppError::RateLimited`]; a conflict when the name was
    /// taken meanwhile.
    pub async fn accept_invitation(
        &self,
        token: &str,
        password: &NewPassword,
        address: &str,
    ) -> Result<(), AppError> {
        self.looked(address).await?;
        let hash = secrets::token_hash(token);
        let gone = || AppError::missing(Missing::Invitation);
        // Before the work of hashing.
        self.store.invitations.by_token(&hash).await?.ok_or_else(gone)?;
        let mut errors = FieldErrors::default();
        let Some(password) = password.check(&mut errors) else { return Err(AppError::Fields { errors }) };
        let password_hash = self.passwords.hash(password).await?;
        let store = self.store.clone();
        let (invitation, id) = self
            .store
            .transaction(move |session| {
                let (store, hash, password_hash) = (store.clone(), hash.clone(), password_hash.clone());
                Box::pin(async move {
                    let taken = store.invitations.take(session, &hash).await?;
                    let Invitation { username, rights, .. } = taken.as_ref().ok_or_else(gone)?;
                    let id = store.users.insert_invited(session, username, &password_hash, *rights).await?;
                    Ok((taken, id))
                })
            })
            .await?;
        if let Some(invitation) = invitation {
            trail::open(Who::admin(&id, &invitation.username), "invite.accept");
            trail::set("rights", invitation.rights.name());
            trail::set("invited_by", invitation.invited_by);
        }
        Ok(())
    }

    async fn looked(&self, address: &str) -> Result<(), AppError> {
        let key = format!("invite:{}", self.config.session_key.mac(&["invite", address]));
        self.store.rate_limits.count(&key, LOOKS).await
    }
}

impl From<Invitation> for Invited {
    fn from(invitation: Invitation) -> Invited {
        Invited {
            id: invitation.id,
            username: invitation.username,
            rights: invitation.rights,
            invited_by: invitation.invited_by,
            until: wall(invitation.expires_at),
        }
    }
}
