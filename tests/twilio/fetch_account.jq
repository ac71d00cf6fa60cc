# Takes what is said of an account out of Twilio's published OpenAPI document:
# jq -f tests/twilio/fetch_account.jq twilio_api_v2010.json > tests/twilio/fetch_account.json
.components.schemas as $schemas
| .paths | to_entries[]
| select(.value.get.operationId == "FetchAccount")
| {
    path: .key,
    statuses: $schemas.account_enum_status.enum,
    types: $schemas.account_enum_type.enum,
    fetched: .value.get.responses["200"].content["application/json"].examples.fetch.value
  }
