using System.Net;

namespace Modular.Testing;

/// <summary>One person at a browser without script: keeps cookies, follows redirects, sees pages.</summary>
public sealed class TestPerson : IDisposable
{
    private readonly CookieContainer cookies = new();

    internal TestPerson(Uri address, Thrown thrown) => Http = thrown.Client(address, new SocketsHttpHandler { CookieContainer = cookies });

    /// <summary>For whatever the other members do not do, such as a header; it carries the person's session. An answer of 500 fails the test with what the page threw.</summary>
    public HttpClient Http { get; }

    /// <summary>The session, for a browser that goes on as this person.</summary>
    internal IEnumerable<Cookie> Cookies => cookies.GetAllCookies();

    /// <summary>Opens a page.</summary>
    /// <param name="path">With a leading slash.</param>
    /// <exception cref="TestFailedException">The answer is not 200, or the page asks the person to sign in instead.</exception>
    public async Task<TestPage> OpenAsync(string path)
    {
        var page = await TestPage.ReadAsync(this, await Http.GetAsync(path));
        page.ShouldBe(HttpStatusCode.OK);
        return page.Path.StartsWith("/account/sign-in", StringComparison.Ordinal) && !path.StartsWith("/account/", StringComparison.Ordinal)
            ? throw new TestFailedException($"{path} asks to sign in.")
            : page;
    }

    /// <summary>What a page answers, for tests of who may open it: 200, 403 for who lacks the permission, 404 for what is not there for this person.</summary>
    /// <param name="path">With a leading slash.</param>
    public async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return response.StatusCode;
    }

    /// <inheritdoc />
    public void Dispose() => Http.Dispose();
}
