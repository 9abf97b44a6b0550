// A partner's program, written with an ordinary OAuth library: it finds the token address by discovery, gets a token, finds a patient and books.
// node partner.mjs ADDRESS CLIENT_ID CLIENT_SECRET LOCATION TYPE PATIENT; writes one JSON line.
import dns from 'node:dns'
import * as oauth from 'openid-client'

const [address, id, secret, location, type, patient] = process.argv.slice(2)

// *.localhost is this machine, whatever its name service says.
const lookup = dns.lookup
dns.lookup = (host, options, answer) => (host.endsWith('.localhost') ? lookup('127.0.0.1', options, answer) : lookup(host, options, answer))

const secretsIn = { basic: oauth.ClientSecretBasic(secret), post: oauth.ClientSecretPost(secret) }
const tokens = {}
let config
for (const [way, authentication] of Object.entries(secretsIn)) {
  config = await oauth.discovery(new URL(address), id, undefined, authentication, { execute: [oauth.allowInsecureRequests] })
  tokens[way] = await oauth.clientCredentialsGrant(config, { scope: 'scheduling.visit.book patients.patient.read' })
}

const call = async (url, method = 'GET', body = undefined, headers = {}) => {
  const answer = await oauth.fetchProtectedResource(config, tokens.basic.access_token, new URL(url, address), method, body && JSON.stringify(body),
    new Headers({ ...(body ? { 'Content-Type': 'application/json' } : {}), ...headers }))
  return { status: answer.status, etag: answer.headers.get('etag'), body: await answer.json() }
}

const openings = await call(`/api/scheduling/openings?location=${location}&type=${type}&limit=1`)
const start = openings.body.items[0].start
const key = { 'Idempotency-Key': 'partner-1' }
const wanted = { locationId: location, typeId: type, patientId: patient, start }
const booked = await call('/api/scheduling/appointments', 'POST', wanted, key)
const again = await call('/api/scheduling/appointments', 'POST', wanted, key)
let refused
try {
  await call(`/api/scheduling/appointments/${booked.body.id}`)
} catch (e) {
  // The library throws on a challenge: this token has no scope to read visits.
  refused = { status: e.status, error: e.cause?.[0]?.parameters?.error }
}

console.log(JSON.stringify({ scope: tokens.post.scope, booked: booked.status, etag: booked.etag, same: again.body.id === booked.body.id, id: booked.body.id, refused }))
