using System.Diagnostics;
using System.Text.Json;
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

    private static async Task<JsonElement> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "tests", "Modular.Tests", "Api", "partner.mjs"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var node = Process.Start(start)!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await node.WaitForExitAsync(limit.Token);
        Assert.True(node.ExitCode == 0, await errors);
        return JsonDocument.Parse(await output).RootElement;
    }
}
