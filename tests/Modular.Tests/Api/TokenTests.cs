using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>OAuth 2.0 client credentials: who gets a token, what it is, and everything that is none.</summary>
public sealed class TokenTests(SharedHost shared)
{
    private const string Read = "patients.patient.read";
    private const string Edit = "patients.patient.edit";
    private const string Anything = "/api/patients?limit=1";

    private TestHost Host => shared.Host;

    private Task<ApiClient> ConnectAsync(params string[] scopes) => ApiClient.ConnectAsync(Host, Host.North, scopes.Length == 0 ? [Read] : scopes);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_program_gets_a_token_of_ten_minutes_by_header_or_by_form(bool basic)
    {
        using var api = await ConnectAsync(Read, Edit);

        using var answer = await api.AskTokenAsync(basic: basic);
        var body = await answer.BodyAsync(HttpStatusCode.OK);

        Assert.Equal("Bearer", body.GetProperty("token_type").GetString());
        Assert.Equal(600, body.GetProperty("expires_in").GetInt32());
        Assert.Equal($"{Edit} {Read}", body.GetProperty("scope").GetString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        api.Token = body.GetProperty("access_token").GetString();
        using var used = await api.GetAsync(Anything);
        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
    }

    [Fact]
    public async Task The_keys_of_the_discovery_document_verify_the_token()
    {
        using var api = await ConnectAsync();
        var discovery = await api.Http.GetFromJsonAsync<JsonElement>("/.well-known/openid-configuration");
        var jwks = await api.Http.GetFromJsonAsync<JsonElement>(new Uri(discovery.GetProperty("jwks_uri").GetString()!).AbsolutePath);
        var parts = api.Token!.Split('.');
        var header = JsonDocument.Parse(WebEncoders.Base64UrlDecode(parts[0])).RootElement;
        var key = jwks.GetProperty("keys").EnumerateArray().Single(k => k.GetProperty("kid").GetString() == header.GetProperty("kid").GetString());

        using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Bytes(key, "x"), Y = Bytes(key, "y") } });

        Assert.Equal(("ES256", "at+jwt"), (header.GetProperty("alg").GetString(), header.GetProperty("typ").GetString()));
        Assert.True(ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), WebEncoders.Base64UrlDecode(parts[2]), HashAlgorithmName.SHA256));
        Assert.Equal(discovery.GetProperty("issuer").GetString(), Payload(api.Token).GetProperty("aud").GetString());
        Assert.DoesNotContain("\"d\"", jwks.ToString());
        Assert.Equal(discovery.ToString(), (await api.Http.GetFromJsonAsync<JsonElement>("/.well-known/oauth-authorization-server")).ToString());
    }

    [Fact]
    public async Task A_token_for_less_may_do_less_and_more_than_was_given_is_refused()
    {
        using var api = await ConnectAsync(Read, Edit);

        using (var beyond = await api.AskTokenAsync("patients.patient.merge"))
        {
            Assert.Equal("invalid_scope", (await beyond.BodyAsync(HttpStatusCode.BadRequest)).GetProperty("error").GetString());
        }

        using var less = await api.AskTokenAsync(Edit);
        api.Token = (await less.BodyAsync(HttpStatusCode.OK)).GetProperty("access_token").GetString();
        using var refused = await api.GetAsync(Anything);
        await refused.ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Contains("insufficient_scope", refused.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_wrong_secret_another_grant_or_two_proofs_at_once_get_nothing()
    {
        using var api = await ConnectAsync();

        using var wrong = await api.AskTokenAsync(secret: "mps_wrong");
        Assert.Equal("invalid_client", (await wrong.BodyAsync(HttpStatusCode.Unauthorized)).GetProperty("error").GetString());
        Assert.Equal("Basic", Assert.Single(wrong.Headers.WwwAuthenticate).Scheme);
        Assert.Equal("unsupported_grant_type", await ErrorAsync(api, ("grant_type", "password"), ("username", "owner"), ("password", "x")));
        Assert.Equal("invalid_request", await ErrorAsync(api, ("grant_type", "client_credentials"), ("grant_type", "client_credentials")));
        Assert.Equal("invalid_request", await ErrorAsync(api));
        Assert.Equal("invalid_client", await ErrorAsync(api, ("grant_type", "client_credentials"), ("client_id", "' or 1=1"), ("client_secret", "x")));
        using var both = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_secret", api.Secret)]) };
        both.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{api.Program.ClientId}:{api.Secret}")));
        using var refused = await api.Http.SendAsync(both);
        Assert.Equal("invalid_request", (await refused.BodyAsync(HttpStatusCode.BadRequest)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_token_of_one_practice_means_nothing_at_the_other()
    {
        using var north = await ConnectAsync();
        using var south = await ApiClient.ConnectAsync(Host, Host.South, [Read]);

        south.Token = north.Token;
        using var answer = await south.GetAsync(Anything);

        await answer.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString());
        using var secret = await south.AskTokenAsync(secret: north.Secret);
        Assert.Equal(HttpStatusCode.Unauthorized, secret.StatusCode);
    }

    [Theory]
    [InlineData("alg none")]
    [InlineData("alg none, signed")]
    [InlineData("HS256 with the public key")]
    [InlineData("another key")]
    [InlineData("more scopes")]
    [InlineData("longer")]
    [InlineData("another audience")]
    [InlineData("no type")]
    [InlineData("unknown kid")]
    [InlineData("garbage")]
    public async Task A_token_that_somebody_made_or_changed_is_none(string how)
    {
        using var api = await ConnectAsync();
        var parts = api.Token!.Split('.');
        var (header, payload) = (JsonNode.Parse(WebEncoders.Base64UrlDecode(parts[0]))!, JsonNode.Parse(WebEncoders.Base64UrlDecode(parts[1]))!);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Func<string, byte[]> sign = _ => WebEncoders.Base64UrlDecode(parts[2]);
        switch (how)
        {
            case "alg none": header["alg"] = "none"; sign = _ => []; break;
            case "alg none, signed": header["alg"] = "none"; break;
            case "HS256 with the public key":
                header["alg"] = "HS256";
                var shown = await Host.North.AskAsync<byte[]>($"select public_key from core.signing_keys where id = '{Guid.ParseExact(header["kid"]!.GetValue<string>(), "N")}'");
                sign = text => HMACSHA256.HashData(shown, Encoding.ASCII.GetBytes(text));
                break;
            case "another key": sign = text => own.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256); break;
            case "more scopes": payload["scope"] = $"{Read} {Edit}"; break;
            case "longer": payload["exp"] = 4102444800; break;
            case "another audience": payload["aud"] = "http://elsewhere"; sign = text => own.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256); break;
            case "no type": header.AsObject().Remove("typ"); break;
            case "unknown kid": header["kid"] = Guid.NewGuid().ToString("N"); sign = text => own.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256); break;
        }

        var text = how == "garbage" ? "x.y.z" : Encode(header) + "." + Encode(payload);
        api.Token = how == "garbage" ? text : $"{text}.{WebEncoders.Base64UrlEncode(sign(text))}";
        using var answer = await api.GetAsync(Anything);

        await answer.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_program_that_was_cut_off_stops_at_once_with_its_token_and_its_secret()
    {
        using var api = await ConnectAsync();

        await AdminAsync(admin => admin.RevokeAsync, api.Program.Id);

        using var answer = await api.GetAsync(Anything);
        await answer.ProblemAsync(HttpStatusCode.Unauthorized);
        using var again = await api.AskTokenAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task A_new_secret_leaves_the_old_one_a_day_and_one_that_ends_it_ends_every_token()
    {
        using var api = await ConnectAsync();

        var second = await RotateAsync(api.Program.Id, atOnce: false);
        Assert.Equal(HttpStatusCode.OK, (await api.AskTokenAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.AskTokenAsync(secret: second)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(Anything)).StatusCode);

        var third = await RotateAsync(api.Program.Id, atOnce: true);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.AskTokenAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.AskTokenAsync(secret: second)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync(Anything)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.AskTokenAsync(secret: third)).StatusCode);
    }

    [Fact]
    public async Task A_permission_taken_from_the_program_is_gone_from_its_token()
    {
        using var api = await ConnectAsync(Read, Edit);

        await using (var scope = Host.Services.OpenScope(Host.North, Actor.System("test")))
        {
            var admin = scope.ServiceProvider.GetRequiredService<ProgramAdmin>();
            await admin.ChangeAsync((await admin.FindAsync(api.Program.Id, default))!, new(api.Program.Name, null, [Edit], null, 100), default);
        }

        using var answer = await api.GetAsync(Anything);
        await answer.ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_program_that_asks_too_often_is_told_how_long_to_wait()
    {
        // One is the token's.
        using var api = await ApiClient.ConnectAsync(Host, Host.North, [Read], requestsPerMinute: 3);

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(Anything)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(Anything)).StatusCode);
        using var answer = await api.GetAsync(Anything);

        await answer.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await api.AskTokenAsync()).StatusCode);
        using var other = await ConnectAsync();
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(Anything)).StatusCode);
    }

    [Fact]
    public async Task A_program_is_no_person_its_token_opens_no_page_and_a_session_opens_no_address_for_programs()
    {
        using var api = await ConnectAsync();
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);

        using var page = await api.GetAsync("/patients");
        Assert.StartsWith("/account/sign-in", page.Headers.Location!.ToString());
        using var call = await owner.GetAsync(Anything);
        await call.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Neither_secret_nor_key_lies_readable_in_the_database()
    {
        using var api = await ConnectAsync();

        var digest = await Host.North.AskAsync<byte[]>($"select digest from core.program_secrets where program_id = '{api.Program.Id}'");
        var key = await Host.North.AskAsync<byte[]>("select private_key from core.signing_keys limit 1");
        var logged = await Host.North.AskAsync<string>($"select coalesce(string_agg(v.body::text, ''), '') from audit.entries e join audit.entry_values v on v.entry_id = e.id where e.table_name = 'program_secrets'");

        Assert.Equal(ProgramAdmin.Digest(api.Secret), digest);
        using var ecdsa = ECDsa.Create();
        Assert.ThrowsAny<CryptographicException>(() => ecdsa.ImportPkcs8PrivateKey(key, out _));
        Assert.DoesNotContain(Convert.ToBase64String(digest), logged);
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from audit.entries where table_name = 'programs' and row_id = '{api.Program.Id}' and what = 'added'"));
    }

    private async Task<string> RotateAsync(Guid id, bool atOnce)
    {
        await using var scope = Host.Services.OpenScope(Host.North, Actor.System("test"));
        var admin = scope.ServiceProvider.GetRequiredService<ProgramAdmin>();
        return await admin.RotateAsync((await admin.FindAsync(id, default))!, atOnce, default);
    }

    private async Task AdminAsync(Func<ProgramAdmin, Func<ConnectedProgram, CancellationToken, Task>> step, Guid id)
    {
        await using var scope = Host.Services.OpenScope(Host.North, Actor.System("test"));
        var admin = scope.ServiceProvider.GetRequiredService<ProgramAdmin>();
        await step(admin)((await admin.FindAsync(id, default))!, default);
    }

    private static async Task<string?> ErrorAsync(ApiClient api, params (string, string)[] form)
    {
        using var answer = await api.Http.PostAsync("/connect/token", new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        Assert.InRange((int)answer.StatusCode, 400, 401);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString();
    }

    private static JsonElement Payload(string token) => JsonDocument.Parse(WebEncoders.Base64UrlDecode(token.Split('.')[1])).RootElement;

    private static byte[] Bytes(JsonElement key, string name) => WebEncoders.Base64UrlDecode(key.GetProperty(name).GetString()!);

    private static string Encode(JsonNode node) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(node.ToJsonString()));
}
