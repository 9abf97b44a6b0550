// A program that acts for a person, written with an ordinary OAuth library: it says where to send the browser, waits for where the browser
// came back to, and goes on from there. node app.mjs ADDRESS KIND CLIENT_ID [CLIENT_SECRET]; writes the address, then one JSON line.
import dns from 'node:dns'
import http from 'node:http'
import readline from 'node:readline'
import * as oauth from 'openid-client'

const [address, kind, id, secret] = process.argv.slice(2)

// *.localhost is this machine, whatever its name service says.
const lookup = dns.lookup
dns.lookup = (host, options, answer) => (host.endsWith('.localhost') ? lookup('127.0.0.1', options, answer) : lookup(host, options, answer))

const config = await oauth.discovery(new URL(address), id, undefined, secret ? oauth.ClientSecretBasic(secret) : oauth.None(), { execute: [oauth.allowInsecureRequests] })

// An installed app listens on a port that is free; the others are told where the browser went.
let server
const came = kind === 'native'
  ? await new Promise(listening => {
      let answered
      const answer = new Promise(resolve => { answered = resolve })
      server = http.createServer((request, response) => { response.end('You can close this page.'); answered(`http://127.0.0.1:${server.address().port}${request.url}`) })
      server.listen(0, '127.0.0.1', () => listening({ redirect: `http://127.0.0.1:${server.address().port}/signed-in`, answer }))
    })
  : { redirect: 'https://app.example/signed-in', answer: new Promise(resolve => readline.createInterface({ input: process.stdin }).once('line', resolve)) }

const verifier = oauth.randomPKCECodeVerifier()
const state = oauth.randomState()
console.log(oauth.buildAuthorizationUrl(config, {
  redirect_uri: came.redirect,
  scope: 'patients.patient.read offline_access',
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
}).href)

const back = new URL(await came.answer)
server?.close()
const granted = async grant => {
  try {
    return await grant()
  } catch (e) {
    return { error: e.error ?? e.code ?? String(e) }
  }
}
const mixedUp = new URL(back)
mixedUp.searchParams.set('iss', 'https://evil.example/')
const mixed = await granted(() => oauth.authorizationCodeGrant(config, mixedUp, { pkceCodeVerifier: verifier, expectedState: state }))
const forged = await granted(() => oauth.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: 'another' }))
const tokens = await oauth.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: state })
const call = async token => (await fetch(new URL('/api/patients?limit=1', address), { headers: { Authorization: `Bearer ${token}` } })).status
const first = await call(tokens.access_token)
const next = await oauth.refreshTokenGrant(config, tokens.refresh_token)
const second = await call(next.access_token)
const known = secret ? await oauth.tokenIntrospection(config, next.access_token) : undefined
await oauth.tokenRevocation(config, next.access_token)
const revoked = await call(next.access_token)
const again = await granted(() => oauth.refreshTokenGrant(config, tokens.refresh_token))
const rest = await granted(() => oauth.refreshTokenGrant(config, next.refresh_token))

console.log(JSON.stringify({
  scope: tokens.scope, first, second, active: known?.active, revoked, again: again.error, rest: rest.error, mixed: mixed.error, forged: forged.error,
  issuer: config.serverMetadata().issuer, methods: config.serverMetadata().code_challenge_methods_supported,
}))
