using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Host.Programs;

namespace Modular.Testing;

public sealed partial class TestPractice
{
    // As many as a program may.
    private const int RequestsPerMinute = 6000;

    /// <summary>Connects a program that acts for itself everywhere, as the office does under Programs, and gets it a token.</summary>
    /// <param name="scopes">The permissions it is given: <c>referrals.request.read</c>.</param>
    public Task<TestProgram> ConnectAsync(params string[] scopes) => ConnectAsync(null, scopes);

    /// <summary>The same, of a program that sees these locations alone.</summary>
    /// <param name="locations">Null is everywhere.</param>
    /// <param name="scopes">The permissions it is given.</param>
    public async Task<TestProgram> ConnectAsync(IReadOnlyList<Sdk.Location>? locations, params string[] scopes)
    {
        var declared = app.Services.GetRequiredService<InstalledModules>().WithCore.SelectMany(m => m.Declared.Permissions).Select(p => p.Id);
        if (scopes.Except(declared).ToList() is { Count: > 0 } unknown)
        {
            throw new TestFailedException($"No module that runs declares {string.Join(", ", unknown)}.");
        }

        await using var scope = Scope();
        var (program, secret) = await scope.ServiceProvider.GetRequiredService<ProgramAdmin>()
            .AddAsync(new($"Test {Guid.NewGuid():N}", null, scopes, locations?.Select(l => l.Id).ToArray(), RequestsPerMinute), default);
        var http = thrown.Client(Address);
        using var answer = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = program.ClientId, ["client_secret"] = secret!,
        }));
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new TestFailedException($"The program got no token: {await answer.Content.ReadAsStringAsync()}");
        }

        http.DefaultRequestHeaders.Authorization = new("Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());
        return new(http);
    }
}
