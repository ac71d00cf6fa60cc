// Shows the document of the JSON API. An admin's unsafe requests need the login's CSRF token:
// "Authorize" takes it, and the browser sends the cookie by itself.
window.addEventListener('DOMContentLoaded', () => {
  window.SwaggerUIBundle({
    url: '/api/openapi.json',
    dom_id: '#docs',
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
  });
});
