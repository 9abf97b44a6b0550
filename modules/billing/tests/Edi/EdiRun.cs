using System.Text;
using System.Text.Json;
using Modular.Billing.Edi;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Edi;

/// <summary>The verbs as they are typed, in this process.</summary>
internal sealed record EdiRun(int Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The one transaction of the file.</summary>
    public JsonElement Transaction => Json.GetProperty("interchanges")[0].GetProperty("groups")[0].GetProperty("transactions")[0];

    public static Task<EdiRun> ValidateAsync(params string[] arguments) => RunAsync(EdiVerbs.ValidateAsync, arguments);

    public static Task<EdiRun> InspectAsync(string file) => RunAsync(EdiVerbs.InspectAsync, file, "--json");

    public static async Task<EdiRun> RunAsync(Func<VerbCall, CancellationToken, Task<int>> verb, params string[] arguments) =>
        await RunAsync(verb, Stream.Null, arguments);

    public static async Task<EdiRun> RunAsync(Func<VerbCall, CancellationToken, Task<int>> verb, Stream input, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var code = await verb(new(arguments, input, output, error), TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Piped in, as <c>-</c>.</summary>
    public static Task<EdiRun> PipeAsync(Func<VerbCall, CancellationToken, Task<int>> verb, byte[] bytes, params string[] more) =>
        RunAsync(verb, new MemoryStream(bytes), ["-", .. more]);

    public static Task<EdiRun> InspectTextAsync(string text) => PipeAsync(EdiVerbs.InspectAsync, Encoding.UTF8.GetBytes(text), "--json");

    public static string Sample(string name)
    {
        var file = Repository.Sample($"x12/{name}");
        Assert.SkipWhen(file is null, "The sample folder shared/data/x12 is not beside this checkout.");
        return file!;
    }
}
