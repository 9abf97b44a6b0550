using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Host.Installed;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Tests.Api;
using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>
/// What nobody types and anybody can send, to every address as every role: the answer is a page, a form again or a problem with a sentence,
/// never a failure of the host.
/// </summary>
public sealed class HostileInputTests : IAsyncLifetime
{
    /// <summary>As they stand in an address or a form, percent-encoded where they must be.</summary>
    private static readonly string[] Encoded =
    [
        "%00", "a%00b", "%ED%A0%80", "%FF%FE", "99999999999999999999", "-2147483648", "2147483647", "9999-12-31", "0001-01-01", "12%2F31%2F9999", "1e400", "not-a-guid",
        "00000000-0000-0000-0000-000000000000", "%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%C3%BCber%2F%E6%82%A3", "%5C", "%25", "%27%22%3Cscript%3E", "%7B%7B", new('w', 3000),
    ];

    /// <summary>Sent in one field at a time too, beside what is right.</summary>
    private static readonly string[] Alone = ["a%00b", "99999999999999999999", "2147483647", "9999-12-31", "0001-01-01", "not-a-guid"];

    private readonly List<string> faults = [];
    private EndpointWalk walk = null!;
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        walk = await EndpointWalk.PlantAsync(host);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task No_address_fails_at_what_stands_in_it()
    {
        foreach (var role in Roles.All.Append(null))
        {
            using var client = role is null ? host.Client(host.North) : await host.SignInAsync(host.North, role);
            foreach (var endpoint in walk.Pages)
            {
                var sample = walk.SampleOf(endpoint).Url;
                var names = Names(endpoint).Distinct().Take(30).ToList();
                // The owner's session reaches the code of every page; others end at the gate, or reach what some of it shows.
                foreach (var value in role == Roles.Owner ? Encoded : Encoded.Take(4))
                {
                    var query = string.Join('&', names.Select(n => $"{n}={(value.Length > 100 && names.Count > 2 ? value[..1000] : value)}").Take(8));
                    await AskAsync(client, endpoint, HttpMethod.Get, $"{sample.Split('?')[0]}?{query}", null);
                    foreach (var name in role == Roles.Owner && names.Count > 1 && Alone.Contains(value) ? names : [])
                    {
                        await AskAsync(client, endpoint, HttpMethod.Get, $"{sample}{(sample.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={value}&{name}=x", null);
                    }

                    await AskAsync(client, endpoint, HttpMethod.Get, Replaced(endpoint, value), null);
                }
            }
        }

        Done();
    }

    [Fact]
    public async Task No_write_fails_at_what_is_sent_to_it()
    {
        foreach (var role in Roles.All)
        {
            using var client = await host.SignInAsync(host.North, role);
            var token = await TokenAsync(client);
            foreach (var endpoint in walk.Endpoints.Where(e => !EndpointWalk.IsGet(e) && !Ends(e)))
            {
                var (url, names) = (walk.SampleOf(endpoint).Url, Names(endpoint).Distinct().ToList());
                foreach (var value in role == Roles.Owner ? Encoded.Append(new string('w', 30_000)) : Encoded.Take(2))
                {
                    var form = string.Join('&', names.Select(n => $"{n}={value}").Append($"{(names.Count > 0 ? names[0] : "x")}=twice"));
                    await AskAsync(client, endpoint, HttpMethod.Post, url, Content(form, "application/x-www-form-urlencoded"), token);
                }

                foreach (var (body, type) in new[]
                {
                    ("{}", "application/json"), ("\0", "text/plain"), ("{\"x\":", "application/json"), ("no boundary", "multipart/form-data"),
                    ("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\0b\u00fc.csv\"\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b"),
                    ("--b\r\nbroken", "multipart/form-data; boundary=b"), ("a=%ZZ&%=b&&==", "application/x-www-form-urlencoded"),
                })
                {
                    await AskAsync(client, endpoint, HttpMethod.Post, url, Content(body, type), token);
                }
            }

            // Were the session gone, the walk would have met the gate alone.
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/account")).StatusCode);
        }

        Done();
    }

    [Fact]
    public async Task No_form_of_a_page_fails_at_what_is_typed_into_one_of_its_fields()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var seen = new HashSet<string>();
        foreach (var endpoint in walk.Pages.Where(e => walk.SampleOf(e) is { Answer: 200 } && !e.RoutePattern.RawText!.Contains("live", StringComparison.Ordinal)))
        {
            var response = await owner.GetAsync(walk.SampleOf(endpoint).Url);
            if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            var page = await TestClient.ParseAsync(await response.Content.ReadAsStringAsync(), new Uri(owner.Http.BaseAddress!, walk.SampleOf(endpoint).Url).AbsoluteUri);
            foreach (var form in page.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>())
            {
                var fields = FormFields.Of(form);
                var typed = fields.Where(f => f.Key != "__RequestVerificationToken").ToList();
                var address = form.GetAttribute("action") is { Length: > 0 } action ? action : walk.SampleOf(endpoint).Url;
                if (typed.Count == 0 || Ending.Any(e => address.Contains(e, StringComparison.Ordinal)) || !seen.Add(string.Join('|', typed.Select(t => t.Key).Prepend(endpoint.RoutePattern.RawText))))
                {
                    continue;
                }

                foreach (var field in typed.Select(t => t.Key).Distinct())
                {
                    foreach (var value in new[] { "a\0b", new string('w', 20_000), "99999999999999999999", "12/31/9999", "0001-01-01" })
                    {
                        var changed = fields.Select(f => f.Key == field ? new KeyValuePair<string, string>(f.Key, value) : f);
                        await AskAsync(owner, endpoint, HttpMethod.Post, address, new FormUrlEncodedContent(changed), said: field);
                    }
                }
            }
        }

        Assert.InRange(seen.Count, 30, 2000);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/account")).StatusCode);

        Done();
    }

    [Fact]
    public async Task No_page_fails_at_a_broken_cookie_or_header()
    {
        using var signedIn = await host.SignInAsync(host.North, Roles.Owner);
        await signedIn.PageAsync("/");
        string[] pages = ["/", "/account/sign-in", "/account/code", "/lock", "/admin/people", "/patients", "/scheduling/days", "/search?q=a"];
        foreach (var name in signedIn.Cookies.GetAllCookies().Select(c => c.Name).Concat(["note", "place", "request-token", "session", "theme", "way", "code", ".AspNetCore.Culture"]).Distinct())
        {
            foreach (var value in new[] { "x", "%00", "%FF", "CfDJ8", new string('A', 5000), "=;=", "\u00e4", "{}", "[]" })
            {
                foreach (var page in pages)
                {
                    using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 };
                    using var client = new HttpClient(handler) { BaseAddress = host.Address };
                    using var request = new HttpRequestMessage(HttpMethod.Get, page);
                    request.Headers.Host = "north.localhost";
                    var cookies = signedIn.Cookies.GetAllCookies().Where(c => c.Name != name).Select(c => $"{c.Name}={c.Value}").Append($"{name}={value}");
                    request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies));
                    using var response = await client.SendAsync(request);
                    Judge(response, await response.Content.ReadAsStringAsync(), $"GET {page} with the cookie {name}={value[..Math.Min(value.Length, 20)]}");
                }
            }
        }

        foreach (var name in new[] { "HX-Current-URL", "HX-Target", "HX-Trigger", "HX-Prompt", "Referer", "Accept-Language", "X-Correlation-Id", "If-None-Match", "If-Modified-Since", "Range", "User-Agent",
            "Accept", "Authorization", "RequestVerificationToken", "Origin", "X-Forwarded-For" })
        {
            foreach (var value in new[] { "x", "//", "http://", new string('A', 5000), "Bearer ", "Bearer a.b.c", "-1", "bytes=5-1", "*;q=nine" })
            {
                foreach (var page in pages)
                {
                    foreach (var fragment in new[] { false, true })
                    {
                        using var request = new HttpRequestMessage(HttpMethod.Get, page);
                        request.Headers.TryAddWithoutValidation(name, value);
                        if (fragment)
                        {
                            request.Headers.TryAddWithoutValidation("HX-Request", "true");
                        }

                        using var response = await signedIn.Http.SendAsync(request);
                        Judge(response, await response.Content.ReadAsStringAsync(), $"GET {page} with {name}: {value[..Math.Min(value.Length, 20)]}", fragment);
                    }
                }
            }
        }

        Done();
    }

    [Fact]
    public async Task No_call_of_a_program_fails_at_what_it_sends()
    {
        var permissions = RolePermissions.Declared(host.Services.GetRequiredService<InstalledModules>(), host.North).Select(p => p.Id).ToArray();
        using var api = await ApiClient.ConnectAsync(host, host.North, permissions);
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ApiMetadata>() is not null))
        {
            var method = new HttpMethod(EndpointWalk.Methods(endpoint)[0]);
            var names = Names(endpoint).Distinct().Concat(["q", "cursor", "limit", "since"]).ToList();
            foreach (var value in Encoded)
            {
                foreach (var name in names)
                {
                    await CallAsync(api, endpoint, method, $"{Replaced(endpoint, "00000000-0000-7000-8000-0000000000f1")}?{name}={value}", null);
                }

                await CallAsync(api, endpoint, method, Replaced(endpoint, value), method == HttpMethod.Get ? null : "{}");
            }

            string[] bodies = method == HttpMethod.Get ? [] : ["", "null", "[]", "{", "{\"a\":\"\\ud800\"}", "\"x\"", "1e999", Nested(200), .. Bodies(endpoint)];
            foreach (var body in bodies)
            {
                await CallAsync(api, endpoint, method, Replaced(endpoint, "00000000-0000-7000-8000-0000000000f1"), body);
                await CallAsync(api, endpoint, method, Replaced(endpoint, "00000000-0000-7000-8000-0000000000f1"), body, "text/plain");
            }
        }

        Done();
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    /// <summary>All fields with one value, as text and as a bare number.</summary>
    private static IEnumerable<string> Bodies(RouteEndpoint endpoint)
    {
        foreach (var value in new[] { "\"a\\u0000b\"", "\"\\ud800\"", "99999999999999999999", "\"9999-12-31\"", "\"0001-01-01T00:00:00Z\"", $"\"{new string('w', 30_000)}\"", "{}", "null" })
        {
            yield return $"{{{string.Join(',', Names(endpoint).Distinct().Select(n => $"\"{char.ToLowerInvariant(n[0])}{n[1..]}\":{value}"))}}}";
        }
    }

    private async Task CallAsync(ApiClient api, RouteEndpoint endpoint, HttpMethod method, string url, string? body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        request.Headers.Authorization = new("Bearer", api.Token);
        using var answer = await api.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if ((int)answer.StatusCode >= 500 || ((int)answer.StatusCode >= 400 && answer.Headers.Contains("X-Correlation-Id") && !text.Contains("\"title\"", StringComparison.Ordinal) && !text.Contains("\"detail\"", StringComparison.Ordinal)))
        {
            faults.Add($"{method} {endpoint.RoutePattern.RawText} {url[..Math.Min(url.Length, 150)]} {body?[..Math.Min(body.Length, 80)]}: {(int)answer.StatusCode}");
        }
    }

    private static HttpContent Content(string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private async Task AskAsync(TestClient client, RouteEndpoint endpoint, HttpMethod method, string url, HttpContent? content, string? token = null, string said = "")
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (token is not null)
        {
            request.Headers.Add("RequestVerificationToken", token);
        }

        // The live stream never ends.
        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync();
        Judge(response, text, $"{method} {endpoint.RoutePattern.RawText} {url[..Math.Min(url.Length, 200)]} {said}");
    }

    private void Judge(HttpResponseMessage response, string text, string what, bool fragment = false)
    {
        var status = (int)response.StatusCode;
        // What never came as far as the host, for it was no HTTP, is answered by the server; metrics belong to no practice whose page could explain.
        var came = response.Headers.Contains("X-Correlation-Id");
        if (status >= 500 || (status >= 400 && text.Length == 0 && !fragment && came && !what.Contains("/metrics", StringComparison.Ordinal)))
        {
            faults.Add($"{what}: {status}{(status < 500 ? " without a word" : "")}");
        }
    }

    private void Done() => Assert.True(faults.Count == 0, $"{faults.Count} faults\n{string.Join('\n', faults.DistinctBy(f => f.Split(' ')[1]).Take(60))}");

    private static async Task<string> TokenAsync(TestClient client) => (await client.PageAsync("/account")).QuerySelector("meta[name=request-token], input[name=__RequestVerificationToken]") is { } found
        ? found.GetAttribute("content") ?? found.GetAttribute("value")! : throw new InvalidOperationException("There is no request token.");

    /// <summary>Ends the session, or the practice's use of a module, for every request after it.</summary>
    private static bool Ends(RouteEndpoint endpoint) => Ending.Any(e => ("/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Contains(e, StringComparison.Ordinal));

    private static readonly string[] Ending = ["/account", "/lock", "/modules/disable", "/modules/remove", "/first-run"];

    /// <summary>The sample's address with one value in the place of every parameter.</summary>
    private static string Replaced(RouteEndpoint endpoint, string value) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart ? value : ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)segment.Parts[0]).Content));

    /// <summary>What the action binds: its parameters, and the fields of its forms with and without the form's name.</summary>
    private static IEnumerable<string> Names(RouteEndpoint endpoint)
    {
        var parameters = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()?.Parameters ?? [];
        foreach (var parameter in parameters.Where(p => p.BindingInfo?.BindingSource != BindingSource.Services && p.ParameterType != typeof(CancellationToken)))
        {
            if (parameter.ParameterType.Namespace!.StartsWith("System", StringComparison.Ordinal) || parameter.ParameterType.IsEnum)
            {
                yield return parameter.Name;
                continue;
            }

            foreach (var property in parameter.ParameterType.GetProperties().Where(p => p.CanWrite || p.Name.Length > 0))
            {
                yield return property.Name;
                yield return $"{parameter.Name}.{property.Name}";
            }
        }
    }
}
