using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Modular.Host.Programs;
using Modular.Sdk;
using Modular.Tests.Harness;
using Modular.Tests.Scheduling;

namespace Modular.Tests.Api;

/// <summary>A client written by somebody else's hand: an ordinary OAuth library from npm, run by node.</summary>
[Collection(typeof(AtTheClinic))]
public sealed class PartnerProgramTests(Clinic clinic)
{
    [Fact]
    public async Task A_program_with_an_ordinary_oauth_library_finds_its_way_and_books()
    {
        using var api = await ApiClient.ConnectAsync(clinic.Host, clinic.North, ["patients.patient.read", "scheduling.visit.book", "scheduling.visit.read"]);
        await clinic.AddProviderAsync("Dr. Node");
        var patient = (await clinic.AddPatientsAsync(1))[0];

        var said = await RunAsync($"http://north.localhost:{clinic.Host.Address.Port}", api.Program.ClientId, api.Secret, $"{TestHost.NorthMain}", $"{clinic.FollowUp}", $"{patient}");

        Assert.Equal("patients.patient.read scheduling.visit.book", said.GetProperty("scope").GetString());
        Assert.Equal((201, "\"1\"", true), (said.GetProperty("booked").GetInt32(), said.GetProperty("etag").GetString(), said.GetProperty("same").GetBoolean()));
        Assert.Equal((403, "insufficient_scope"), (said.GetProperty("refused").GetProperty("status").GetInt32(), said.GetProperty("refused").GetProperty("error").GetString()));
        Assert.Equal(api.Program.Name, await clinic.AskAsync<string>($"select booked_by from scheduling.visits where id = '{said.GetProperty("id").GetGuid()}' and patient_id = '{patient}'"));
    }

    [Theory]
    [InlineData(ProgramKinds.Browser)]
    [InlineData(ProgramKinds.Native)]
    [InlineData(ProgramKinds.Server)]
    public async Task A_program_with_an_ordinary_oauth_library_is_let_in_by_a_person_refreshes_asks_and_ends_its_tokens(string kind)
    {
        using var app = await PersonApp.ConnectAsync(clinic.Host, clinic.North, ["patients.patient.read"], kind);
        using var desk = await clinic.Host.SignInAsync(clinic.North, Roles.FrontDesk);
        using var node = Start("app.mjs", $"http://north.localhost:{clinic.Host.Address.Port}", kind, app.Program.ClientId, app.Secret ?? "");
        var asks = await node.StandardOutput.ReadLineAsync();
        Assert.True(asks is not null, asks is null ? await node.StandardError.ReadToEndAsync() : "");

        using var answer = await desk.SubmitAsync(await desk.PageAsync(new Uri(asks!).PathAndQuery), "form#authorize", ("decision", "allow"));
        await GoBackAsync(node, kind, answer.Headers.Location!);
        var said = await EndAsync(node);

        Assert.Equal(("offline_access patients.patient.read", 200, 200, 401), (said.GetProperty("scope").GetString(), said.GetProperty("first").GetInt32(), said.GetProperty("second").GetInt32(), said.GetProperty("revoked").GetInt32()));
        Assert.Equal(("invalid_grant", "invalid_grant"), (said.GetProperty("again").GetString(), said.GetProperty("rest").GetString()));
        // The library sees for itself that an answer is of another issuer, or to a question it did not ask.
        Assert.Equal(("OAUTH_INVALID_RESPONSE", "OAUTH_INVALID_RESPONSE"), (said.GetProperty("mixed").GetString(), said.GetProperty("forged").GetString()));
        Assert.Equal(kind == ProgramKinds.Server, said.TryGetProperty("active", out var active) && active.GetBoolean());
        Assert.Equal(["S256"], said.GetProperty("methods").EnumerateArray().Select(m => m.GetString()));
    }

    private static async Task GoBackAsync(Process node, string kind, Uri back)
    {
        if (kind == ProgramKinds.Native)
        {
            using var browser = new HttpClient();
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(back)).StatusCode);
        }
        else
        {
            await node.StandardInput.WriteLineAsync(back.AbsoluteUri);
        }
    }

    private static async Task<JsonElement> RunAsync(params string[] arguments)
    {
        using var node = Start("partner.mjs", arguments);
        return await EndAsync(node);
    }

    private static Process Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "tests", "Modular.Tests", "Api", script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<JsonElement> EndAsync(Process node)
    {
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await node.WaitForExitAsync(limit.Token);
        Assert.True(node.ExitCode == 0, await errors);
        return JsonDocument.Parse(await output).RootElement;
    }
}
