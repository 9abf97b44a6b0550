using System.Globalization;
using System.Xml.Linq;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>
/// What the bus and the reader of X12 owe, at its full size: the tests that the suite runs at a tenth of it, with hosts killed thirty times, silences as long as a
/// real host's, and a hundred sequences of acts. A proof is held or it is not; its time is told because these are long.
/// </summary>
public static class Proofs
{
    /// <param name="Method">Part of the full name of the tests.</param>
    private sealed record Proof(string What, string Method, params (string Name, string Value)[] Size);

    public static async Task<IReadOnlyList<Row>> RunAsync(Options options)
    {
        Proof[] proofs = options.Small ? [.. Full.Select(p => p with { Size = [] })] : Full;
        var tests = Path.Combine(Published.Repository, "tests", "Modular.Tests", "bin", "Release", "net10.0", "Modular.Tests.dll");
        if (!options.AsPublished)
        {
            Console.Error.WriteLine("Building the tests");
            await Command.RunAsync("dotnet", "build", Path.Combine(Published.Repository, "Modular.slnx"), "-c", "Release", "--nologo", "-v", "q", "-p:UseSharedCompilation=false");
        }

        var rows = new List<Row>();
        foreach (var proof in proofs)
        {
            rows.AddRange(await RunAsync(tests, proof));
            Console.Error.WriteLine($"  {proof.What}: {string.Join(", ", rows.TakeLast(1).Select(r => r.Ours))}");
        }

        return rows;
    }

    private static readonly Proof[] Full =
    [
        new("One host killed 30 times, 2,000 facts (12,000 messages)", "KillTests.One_host_killed", ("MODULAR_KILLS", "60"), ("MODULAR_FACTS", "2000")),
        new("One of two hosts killed 30 times, 4,000 facts (24,000 messages)", "KillTests.Of_two_hosts", ("MODULAR_KILLS", "60"), ("MODULAR_FACTS", "8000")),
        new("The server restarted, 1,000 facts", "KillTests.A_server_that_restarts", ("MODULAR_FACTS", "4000")),
        new("A host paused for longer than a real host's silence", "KillTests.A_host_that_was_paused", ("MODULAR_FACTS", "2000"), ("MODULAR_SILENCE", "30")),
        new("A hundred sequences of turning a module off, on and filling it anew, with kills", "EnablingSequenceTests", ("MODULAR_ENABLING_SEQUENCES", "100")),
        new("10,000 mutated X12 files", "X12HostileTests.Mutated_files", ("MODULAR_MUTATIONS", "10000")),
    ];

    private static async Task<IReadOnlyList<Row>> RunAsync(string tests, Proof proof)
    {
        var report = Path.GetTempFileName();
        try
        {
            string? failed = null;
            try
            {
                await Command.RunAsync("dotnet", [tests, "-noLogo", "-noColor", "-method", $"*{proof.Method}*", "-xml", report], proof.Size);
            }
            catch (InvalidOperationException e)
            {
                failed = e.Message;
            }

            if (new FileInfo(report).Length == 0)
            {
                throw new InvalidOperationException(failed ?? $"{proof.Method} reported nothing.");
            }

            var run = XDocument.Load(report).Descendants("test").ToList();
            return run.Count == 0
                ? throw new InvalidOperationException($"There is no test {proof.Method}.")
                : [.. run.Select(test => new Row($"{proof.What}: {test.Attribute("method")?.Value.Replace('_', ' ')}",
                    test.Attribute("result")?.Value == "Pass" ? "held" : $"NOT HELD: {test.Descendants("message").FirstOrDefault()?.Value.Split('\n')[0]}",
                    Seconds(double.Parse(test.Attribute("time")!.Value, CultureInfo.InvariantCulture)), Budget: "held", Met: test.Attribute("result")?.Value == "Pass"))];
        }
        finally
        {
            File.Delete(report);
        }
    }
}
