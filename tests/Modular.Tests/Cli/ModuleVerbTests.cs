using System.Diagnostics;
using Modular.Sdk;
using Modular.Tests.Docs;
using Modular.Tests.Harness;

namespace Modular.Tests.Cli;

/// <summary>Verbs that modules bring, in a process of the built host that has no database to go to.</summary>
public sealed class ModuleVerbTests
{
    private static readonly string Data = Path.Combine(Path.GetTempPath(), $"modular-verb-{Guid.CreateVersion7():N}");

    [Fact]
    public async Task A_module_s_verb_runs_without_a_database_and_its_exit_code_is_the_process_s()
    {
        var folder = Directory.CreateTempSubdirectory("modular-verb-").FullName;
        var file = Path.Combine(folder, "none.txt");
        await File.WriteAllTextAsync(file, "hello", TestContext.Current.CancellationToken);

        Assert.Equal((2, "", "none.txt is no X12 file: nothing in it begins an interchange (ISA).\n"), await RunAsync(null, "edi", "validate", file));
        Assert.Equal((2, "", $"There is no file {file}x.\n"), await RunAsync(null, "edi", "inspect", file + "x", "--json"));
        Assert.False(Directory.Exists(Data), "The verb made a folder for a database.");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Help_lists_it_with_what_is_typed_after_it()
    {
        var (code, all, _) = await RunAsync(null, "--help");
        Assert.Equal(0, code);
        Assert.Contains("  edi ", all, StringComparison.Ordinal);
        var one = await RunAsync(null, "edi", "inspect", "--help");
        Assert.Contains("FILE --json", one.Output, StringComparison.Ordinal);
        Assert.Contains("Write what an X12 file says as JSON.", one.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_no_installed_module_brings_is_told_in_a_sentence()
    {
        var empty = Directory.CreateTempSubdirectory("modular-verb-").FullName;
        var (code, output, error) = await RunAsync(empty, "edi", "validate", "x.edi");
        Directory.Delete(empty);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("There is no verb edi here. There are: serve, migrate, ", error, StringComparison.Ordinal);
        Assert.EndsWith("A module that is not installed brings no verb; \"module list\" shows what is.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verb_of_the_documentation_does_what_it_says()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "1234567893\n12\n", TestContext.Current.CancellationToken);
        using StringWriter output = new(), error = new();

        Assert.Equal(1, await ReferralVerbs.CheckAsync(new([file], Stream.Null, output, error), TestContext.Current.CancellationToken));
        Assert.Equal(2, await ReferralVerbs.CheckAsync(new([], Stream.Null, output, error), TestContext.Current.CancellationToken));
        Assert.Equal(("12 is no NPI.\n", "Name a file with one NPI a line: referrals check FILE\n"), (output.ToString(), error.ToString()));
        File.Delete(file);
    }

    [Theory]
    [InlineData("check", "must be two or three words")]
    [InlineData("referrals Check", "must be two or three words")]
    [InlineData("referrals check", null)]
    public void A_name_is_two_words(string name, string? fault)
    {
        var builder = new ModuleBuilder(new("referrals", "Referrals", "1.0.0", "0.9", "Referrals.dll")).Verb(name, "FILE", "Check.", ReferralVerbs.CheckAsync);
        var faults = Host.Judging.DeclarationCheck.Faults(builder.Manifest, builder.Declared);

        Assert.Equal(fault is not null, faults.Any(f => f.Contains(fault ?? "verb", StringComparison.Ordinal)));
    }

    /// <param name="modules">Another folder of modules than the built host's.</param>
    private static async Task<(int Code, string Output, string Error)> RunAsync(string? modules, params string[] verb)
    {
        var host = Path.Combine(Path.GetDirectoryName(TestHost.ModulesFolder())!, "Modular.Host.dll");
        var start = new ProcessStartInfo("dotnet", [host, .. verb]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MODULAR_CONNECTION"] = "Host=127.0.0.1;Port=1;Timeout=1";
        start.Environment["MODULAR_DATA"] = Data;
        start.Environment["MODULAR_MODULES"] = modules ?? TestHost.ModulesFolder();
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
