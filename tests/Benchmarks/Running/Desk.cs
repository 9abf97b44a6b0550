using System.Net;
using System.Text.RegularExpressions;

namespace Modular.Benchmarks.Running;

/// <summary>One signed-in browser without its engine: one connection, the cookies of a real sign-in through the page.</summary>
public sealed partial class Desk : IDisposable
{
    private readonly HttpClient http;
    private readonly Dictionary<string, string> cookies = [];
    private readonly string host;

    private Desk(int port, string host)
    {
        this.host = host;
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 1, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = new($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromMinutes(2),
        };
    }

    /// <summary>Nobody's browser, for the floor.</summary>
    public static Desk Nobody(ServerProcess server) => new(server.Port, "localhost");

    public static async Task<Desk> SignInAsync(ServerProcess server, string practice, string role)
    {
        var desk = new Desk(server.Port, $"{practice}.localhost");
        var form = Hidden(await desk.TextAsync("/account/sign-in"));
        form["Name"] = role;
        form["Password"] = Site.Password;
        using var response = await desk.PostAsync("/account/sign-in", form);
        return response.StatusCode == HttpStatusCode.Redirect && desk.cookies.ContainsKey("session")
            ? desk
            : throw new InvalidOperationException($"Signing in as {role} at {practice} gave {(int)response.StatusCode}.");
    }

    public static async Task<Desk[]> SignInAsync(ServerProcess server, string practice, string role, int desks)
    {
        var signedIn = new Desk[desks];
        for (var i = 0; i < desks; i++)
        {
            signedIn[i] = await SignInAsync(server, practice, role);
        }

        return signedIn;
    }

    /// <summary>Reads the page as a browser that takes compressed pages does, and throws unless it is 200. Returns the bytes of the body.</summary>
    public async Task<int> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.StatusCode == HttpStatusCode.OK
            ? body.Length
            : throw new InvalidOperationException($"GET {path} at {host} gave {(int)response.StatusCode} {response.Headers.Location}.");
    }

    public async Task<string> TextAsync(string path)
    {
        using var response = await http.SendAsync(Request(HttpMethod.Get, path));
        Keep(response);
        var text = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.OK
            ? text
            : throw new InvalidOperationException($"GET {path} at {host} gave {(int)response.StatusCode} {response.Headers.Location}: {text[..Math.Min(text.Length, 300)]}");
    }

    public async Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> form, params (string Name, string Value)[] headers)
    {
        var request = Request(HttpMethod.Post, path);
        request.Content = new FormUrlEncodedContent(form);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await http.SendAsync(request);
        Keep(response);
        return response;
    }

    /// <summary>The hidden fields of a page's forms: the anti-forgery token among them.</summary>
    public static Dictionary<string, string> Hidden(string html)
    {
        var fields = new Dictionary<string, string>();
        foreach (var tag in InputTag().Matches(html).Select(m => m.Value).Where(t => t.Contains("hidden", StringComparison.Ordinal)))
        {
            if (NameAttribute().Match(tag) is { Success: true } name)
            {
                fields.TryAdd(name.Groups[1].Value, WebUtility.HtmlDecode(ValueAttribute().Match(tag).Groups[1].Value));
            }
        }

        return fields;
    }

    public IEnumerable<KeyValuePair<string, string>> Cookies => cookies;

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { Host = host } };
        if (cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
        }

        return request;
    }

    private void Keep(HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            var (name, value) = cookie.Split(';')[0].Split('=', 2) switch { [var n, var v] => (n, v), _ => ("", "") };
            cookies[name] = value;
        }
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex InputTag();

    [GeneratedRegex("name=\"([^\"]*)\"")]
    private static partial Regex NameAttribute();

    [GeneratedRegex("value=\"([^\"]*)\"")]
    private static partial Regex ValueAttribute();
}
