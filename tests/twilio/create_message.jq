# Takes the contract of one operation out of Twilio's published OpenAPI document:
# jq -f tests/twilio/create_message.jq twilio_api_v2010.json > tests/twilio/create_message.json
.components.securitySchemes as $schemes
| .paths | to_entries[]
| select(.value.post.operationId == "CreateMessage") | .key as $path | .value.post as $post
| $post.requestBody.content | to_entries[0] | .key as $type | .value.schema as $form
| {
    path: $path,
    account_sid: $post.parameters[0].schema.pattern,
    security: ($post.security | map(keys[0] | $schemes[.])),
    content_type: $type,
    required: $form.required,
    one_of: $post["x-twilio"].conditional,
    properties: ($form.properties | map_values(del(.description, ."x-twilio", .items."x-twilio"?))),
    created: $post.responses["201"].content["application/json"].examples.createWithQueuedStatus.value
  }
