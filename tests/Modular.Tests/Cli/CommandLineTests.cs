using System.Diagnostics;
using Modular.Tests.Harness;

namespace Modular.Tests.Cli;

/// <summary>The verbs as an administrator types them: the built host, a process of its own, a catalogue of its own.</summary>
public sealed class CommandLineTests : IAsyncLifetime
{
    private readonly string catalogue = $"c{Guid.CreateVersion7():N}"[..20];
    private readonly string data = Directory.CreateTempSubdirectory("modular-cli-").FullName;
    private string connection = "";

    public async ValueTask InitializeAsync() => connection = await TestServer.ConnectionAsync();

    [Fact]
    public async Task A_practice_lives_from_add_to_delete()
    {
        var added = await RunAsync("practice", "add", "elm", "--name", "Elm Street Clinic", "--zone", "America/Chicago");
        Assert.Contains("/first-run?token=", added.Output, StringComparison.Ordinal);

        Assert.Contains("elm\tElm Street Clinic\tactive", (await RunAsync("practice", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("renamed", (await RunAsync("practice", "rename", "elm", "Elm Clinic")).Output, StringComparison.Ordinal);
        Assert.Contains("once", (await RunAsync("user", "add", "elm", "ada@elm.example", "--role", "manager")).Output, StringComparison.Ordinal);
        var doctor = (await RunAsync("doctor")).Output;
        foreach (var line in new[]
        {
            "practice elm: active, up to date", "  scheduling: on, ", "module patients 0.9.0: Running", "  manifest: Patients, SDK 0.9, Modular.Patients.dll, needs no module",
            "  views: ", "  permissions: patients.patient.read", "  migrations: 0001_patients", "    GET /patients/charts/{id:guid} needs patients.patient.read", "    GET /public/patients/agreements/{link} is public: A patient, ",
        })
        {
            Assert.Contains(line, doctor, StringComparison.Ordinal);
        }

        Assert.Contains("intact", (await RunAsync("audit", "verify", "elm")).Output, StringComparison.Ordinal);

        Assert.Contains("elm: 0 entries of 0 months dropped", (await RunAsync("audit", "drop-old", "elm")).Output, StringComparison.Ordinal);

        var export = Path.Combine(data, "export");
        await RunAsync("practice", "export", "elm", export);
        Assert.Contains("Elm Clinic", await File.ReadAllTextAsync(Path.Combine(export, "core.profile.csv"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Contains("elm: Scheduling is rebuilt. Facts of others replayed: 1;", (await RunAsync("rebuild", "elm", "scheduling")).Output, StringComparison.Ordinal);
        Assert.Contains("no module payroll", (await RunAsync(1, "rebuild", "elm", "payroll")).Error, StringComparison.Ordinal);

        var backup = Path.Combine(data, "elm.backup");
        await RunAsync("backup", "elm", backup);
        Assert.Contains("held", (await RunAsync("restore", backup, "elm-copy")).Output, StringComparison.Ordinal);

        await RunAsync("upgrade");
        AssertClosed(data);
        var inUse = await RunAsync(1, "practice", "delete", "elm", "--confirm", "elm");
        Assert.Contains("Suspend it first", inUse.Error, StringComparison.Ordinal);
        await RunAsync("practice", "suspend", "elm");
        await RunAsync("practice", "delete", "elm", "--confirm", "elm");
        Assert.DoesNotContain("elm\t", (await RunAsync("practice", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_module_is_named_before_anything_starts() =>
        Assert.Contains("it has no module.json. Build the module first.", (await RunAsync(1, "doctor", "--module", data)).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_practice_can_be_given_other_host_names_and_another_server()
    {
        await RunAsync("practice", "add", "ash", "--name", "Ash Clinic", "--host", "ash.example.org");
        await RunAsync("practice", "add", "fir", "--name", "Fir Clinic");

        var changed = await RunAsync("practice", "address", "fir", "--host", "Fir.Example.org", "--url", "https://fir.example.org/");
        Assert.Contains("answers at fir.example.org, fir.localhost; links begin with https://fir.example.org", changed.Output, StringComparison.Ordinal);
        Assert.Contains("leads to ash already", (await RunAsync(1, "practice", "address", "fir", "--host", "ash.example.org")).Error, StringComparison.Ordinal);
        Assert.Contains(
            "pages without an account answer at forms.example.org alone", (await RunAsync("practice", "address", "fir", "--public-host", "forms.example.org")).Output, StringComparison.Ordinal);
        Assert.Contains("leads to fir already", (await RunAsync(1, "practice", "address", "ash", "--host", "forms.example.org")).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be both", (await RunAsync(1, "practice", "address", "fir", "--public-host", "fir.example.org")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("without an account", (await RunAsync("practice", "address", "fir", "--public-host", "")).Output, StringComparison.Ordinal);
        Assert.Contains("leads to ash already", (await RunAsync(1, "practice", "add", "oak", "--name", "Oak", "--host", "ash.localhost")).Error, StringComparison.Ordinal);
        Assert.Contains("is not a host name", (await RunAsync(1, "practice", "address", "fir", "--host", "https://fir.example.org")).Error, StringComparison.Ordinal);
        Assert.Contains("is not a base address", (await RunAsync(1, "practice", "address", "fir", "--url", "fir")).Error, StringComparison.Ordinal);
        Assert.Contains("Say what to change", (await RunAsync(1, "practice", "address", "fir")).Error, StringComparison.Ordinal);

        Assert.Contains("Suspend it first", (await RunAsync(1, "practice", "address", "fir", "--server", connection)).Error, StringComparison.Ordinal);
        await RunAsync("practice", "suspend", "fir");
        Assert.Contains("restart every host", (await RunAsync("practice", "address", "fir", "--server", connection)).Output, StringComparison.Ordinal);
        Assert.Contains("fir\tFir Clinic\tsuspended\tfir.example.org", (await RunAsync("practice", "list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "There is no verb nonsense here.", "nonsense")]
    [InlineData(1, "There is no practice yet", "backup", "nowhere", "/tmp/never")]
    [InlineData(1, "is not a time zone", "practice", "add", "oak", "--name", "Oak", "--zone", "Mars/Olympus")]
    public async Task A_mistake_gets_a_sentence_and_an_exit_code_and_no_stack_trace(int code, string words, params string[] verb)
    {
        var result = await RunAsync(code, verb);

        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("migrate")]
    [InlineData("upgrade")]
    [InlineData("doctor")]
    [InlineData("module install")]
    [InlineData("module list")]
    [InlineData("module remove")]
    [InlineData("module keep")]
    [InlineData("module purge")]
    [InlineData("practice add")]
    [InlineData("practice export")]
    [InlineData("practice address")]
    [InlineData("user reset")]
    [InlineData("import")]
    [InlineData("rebuild")]
    [InlineData("audit verify")]
    [InlineData("audit drop-old")]
    [InlineData("audit write-heads")]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task Every_verb_explains_itself(string verb)
    {
        using var output = new StringWriter();
        var code = await Host.Cli.CommandLine.RunAsync([.. verb.Split(' '), "--help"], output);

        Assert.Equal(0, code);
        Assert.Contains("Usage:", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Everything below is for its owner alone.</summary>
    internal static void AssertClosed(string folder, Func<string, bool>? but = null)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var all = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder).ToList();
        Assert.Equal([], all.Where(path => but?.Invoke(path) != true && (File.GetUnixFileMode(path) & others) != 0).Select(path => $"{path}: {File.GetUnixFileMode(path)}"));
        Assert.NotEmpty(all);
    }

    private Task<(string Output, string Error)> RunAsync(params string[] verb) => RunAsync(0, verb);

    private async Task<(string Output, string Error)> RunAsync(int code, params string[] verb)
    {
        var host = Path.Combine(Path.GetDirectoryName(TestHost.ModulesFolder())!, "Modular.Host.dll");
        var start = new ProcessStartInfo("dotnet", [host, .. verb]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["MODULAR_CONNECTION"], start.Environment["MODULAR_CATALOGUE"], start.Environment["MODULAR_DATA"]) = (connection, catalogue, data);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var result = (await output, await error);
        Assert.True(process.ExitCode == code, $"{string.Join(' ', verb)} ended with {process.ExitCode}:\n{result.Item1}\n{result.Item2}");
        return result;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(data, recursive: true);
        return ValueTask.CompletedTask;
    }
}
