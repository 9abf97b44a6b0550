using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Modular.Host.Audit;
using Modular.Host.Start;
using Modular.Tests.Harness;

namespace Modular.Tests.Audit;

/// <summary>The newest head of each chain leaves the machine, and what cannot waits and is told.</summary>
public sealed class HeadsDispatchTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("modular-heads-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task Into_a_folder_where_they_contradict_a_chain_whose_own_heads_were_trimmed_too()
    {
        var away = Path.Combine(data, "away");
        await using var host = await StartAsync(away);
        var dispatch = host.Services.GetRequiredService<HeadsDispatch>();
        await SealAsync(host, 1);
        await SealAsync(host, 1);

        // The disk is not mounted: they wait, and it is told.
        await dispatch.TrySendAsync(default);
        using var probe = new HttpClient { BaseAddress = host.Address };
        var ready = await probe.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("The heads of the audit log have not left this machine since", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Directory.CreateDirectory(away);
        await dispatch.TrySendAsync(default);
        Assert.Null(await dispatch.SentenceAsync(default));

        var (verifier, heads) = (host.Services.GetRequiredService<AuditVerifier>(), host.Services.GetRequiredService<SealedHeads>());
        List<SealedHead> elsewhere = [.. SealedHeads.ReadFile(Path.Combine(away, $"{host.North.Id}.heads"))];
        Assert.Equal(2, Assert.Single(elsewhere).Seq);
        Assert.Equal([], (await verifier.VerifyAsync(host.North, elsewhere, false, default)).Faults);
        await TamperAsync(host, "delete from audit.entries where seq = 2; delete from audit.seals where number = 2; delete from audit.entry_values v where not exists (select from audit.entries e where e.id = v.entry_id)");
        await File.WriteAllLinesAsync(heads.FileOf(host.North.Id), (await File.ReadAllLinesAsync(heads.FileOf(host.North.Id)))[..1]);
        Assert.Equal([], (await verifier.VerifyAsync(host.North)).Faults);
        Assert.Contains((await verifier.VerifyAsync(host.North, elsewhere, false, default)).Faults, f => f.Sentence.StartsWith("Numbers 2 to 2 were removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task To_an_address_only_what_is_new_is_posted()
    {
        var bodies = new List<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.MapPost("/heads", async (Microsoft.AspNetCore.Http.HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            bodies.Add(await reader.ReadToEndAsync());
        });
        await collector.StartAsync();
        await using var host = await StartAsync($"{collector.Urls.First()}/heads");
        var dispatch = host.Services.GetRequiredService<HeadsDispatch>();
        await SealAsync(host, 2);

        await dispatch.TrySendAsync(default);
        await dispatch.TrySendAsync(default);

        var line = Assert.Single(bodies);
        Assert.StartsWith($"{host.North.Id} 2 ", line, StringComparison.Ordinal);
        Assert.Equal(2, SealedHead.Parse(line.Trim()[37..])!.Seq);
    }

    [Fact]
    public async Task By_mail()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = ReceiveAsync(listener);
        await using var host = await StartAsync($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/?from=modular@clinic.example&to=privacy@clinic.example");
        await SealAsync(host, 1);

        await host.Services.GetRequiredService<HeadsDispatch>().TrySendAsync(default);

        var mail = await received.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains("privacy@clinic.example", mail, StringComparison.Ordinal);
        Assert.Contains("Audit log heads of", mail, StringComparison.Ordinal);
        Assert.Null(await host.Services.GetRequiredService<HeadsDispatch>().SentenceAsync(default));
    }

    [Theory]
    [InlineData("heads")]
    [InlineData("http://collector.example/heads")]
    [InlineData("smtp://mail.example:25/")]
    public void Another_setting_ends_the_start_with_a_sentence(string setting) =>
        Assert.StartsWith("MODULAR_AUDIT_HEADS is", Assert.Throws<SettingException>(() => HeadsDestination.Parse(setting)).Message, StringComparison.Ordinal);

    /// <summary>As much of a mail server as one mail needs.</summary>
    private static async Task<string> ReceiveAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
        var (said, inData) = (new StringBuilder(), false);
        await writer.WriteLineAsync("220 ready");
        while (await reader.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (inData && line != ".")
            {
                continue;
            }

            (var answer, inData) = line switch { "DATA" => ("354 go on", true), "." => ("250 taken", false), "QUIT" => ("221 bye", false), _ => ("250 fine", false) };
            await writer.WriteLineAsync(answer);
            if (line is "." or "QUIT")
            {
                break;
            }
        }

        return said.ToString();
    }

    private Task<TestHost> StartAsync(string to) => TestHost.StartAsync(options: o => o with { DataDirectory = data, HeadsTo = to });

    private static async Task SealAsync(TestHost host, int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            await using var scope = host.Scope(host.North);
            await using var db = RoomsDb.Open(scope.ServiceProvider);
            db.Add(new TestRoom { Name = $"Room {Guid.NewGuid()}" });
            await db.SaveChangesAsync();
        }

        await host.Services.GetRequiredService<AuditSealer>().SealAsync(host.North, default);
    }

    private static async Task TamperAsync(TestHost host, string sql)
    {
        await using var command = host.North.Database.CreateCommand($"set session_replication_role = replica; {sql}; set session_replication_role = origin");
        await command.ExecuteNonQueryAsync();
    }
}
