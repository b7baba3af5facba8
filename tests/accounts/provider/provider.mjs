// A real provider of identities for the tests, on a free port, which it prints. Two things are made
// easy: who signs in stands in a header, and an answer can be spoiled (`POST /spoil`).
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

const client = (client_id) => ({
  client_id,
  client_secret: `secret-of-${client_id}`,
  redirect_uris: ["http://testserver/account/organisation/callback/"],
  post_logout_redirect_uris: ["http://testserver/sign-in/"],
  id_token_signed_response_alg: "ES256",
});
const provider = new Provider(issuer, {
  clients: [client("casework"), client("somebody-else")],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "ES256", use: "sig" }] },
  acrValues: ["phr"],
  claims: { openid: ["sub", "acr", "amr", "auth_time", "email", "email_verified"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["invented"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  findAccount: (_ctx, sub) => ({
    accountId: sub,
    claims: () => ({ sub, email: `${sub}@example.org`, email_verified: false }),
  }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});

let spoiled = {};
const packed = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
provider.use(async (ctx, next) => {
  if (ctx.path === "/spoil") {
    spoiled = JSON.parse(Buffer.concat(await ctx.req.toArray()).toString());
    ctx.body = "";
    return;
  }
  if (ctx.path.startsWith("/interaction/")) {
    const [accountId, ...amr] = (ctx.get("X-Account") || "").split(" ");
    const answer = accountId
      ? { login: { accountId, amr, acr: amr.includes("hwk") ? "phr" : undefined } }
      : { error: "access_denied" };
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, answer));
    return;
  }
  await next();
  if (ctx.path === "/token" && ctx.body?.id_token && spoiled.claims) {
    const [head, said, signature] = ctx.body.id_token.split(".");
    const claims = JSON.parse(Buffer.from(said, "base64url").toString());
    ctx.body = {
      ...ctx.body,
      id_token: [head, packed({ ...claims, ...spoiled.claims }), signature].join("."),
    };
  }
  if (ctx.path === "/.well-known/openid-configuration" && spoiled.configuration) {
    ctx.body = { ...ctx.body, ...spoiled.configuration };
  }
});
server.on("request", provider.callback());
process.stdout.write(`${issuer}\n`);
