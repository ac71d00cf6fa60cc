# Takes the contract of one operation out of Twilio's published OpenAPI documents:
# jq -f tests/twilio/operation.jq --arg id CreateMessage --arg example createWithQueuedStatus \
#     twilio_api_v2010.json > tests/twilio/create_message.json
# (CreateCall: createWithTwiml; of twilio_verify_v2.json CreateVerification: createVerification, and
# CreateVerificationCheck: verificationChecks)
.components.securitySchemes as $schemes
| .paths | to_entries[]
| select(.value.post.operationId == $id) | .key as $path | .value.post as $post
| $post.requestBody.content | to_entries[0] | .key as $type | .value.schema as $form
| {
    path: $path,
    sid: $post.parameters[0].schema.pattern,
    security: ($post.security | map(keys[0] | $schemes[.])),
    content_type: $type,
    required: ($form.required // []),
    one_of: ($post["x-twilio"].conditional // []),
    properties: ($form.properties | map_values(del(.description, ."x-twilio", .items."x-twilio"?))),
    created: $post.responses["201"].content["application/json"].examples[$example].value
  }
