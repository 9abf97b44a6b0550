using Modular.Billing.X12;
using Modular.Sdk;

namespace Modular.Billing.Edi;

/// <summary>
/// The verbs for whoever has a file and asks what it is: <c>edi validate FILE</c> and <c>edi inspect FILE --json</c>. FILE is <c>-</c> for what
/// is piped in.
/// </summary>
public static class EdiVerbs
{
    private const int Clean = 0;
    private const int Problems = 1;
    private const int NotX12 = 2;

    public static ModuleBuilder Edi(this ModuleBuilder module) => module
        .Verb("edi validate", "FILE", "Say what an X12 file is and every problem of it. Exit code 0: none, 1: problems, 2: no X12 file.",
            ValidateAsync)
        .Verb("edi inspect", "FILE --json", "Write what an X12 file says as JSON. Exit code 0: read, 2: no X12 file.", InspectAsync);

    public static async Task<int> ValidateAsync(VerbCall call, CancellationToken ct)
    {
        if (call.Arguments is not [var file] || (file.StartsWith('-') && file != "-"))
        {
            return await RefuseAsync(call, "Name one file: edi validate FILE");
        }

        var report = new FileReport(Name(file), call.Output);
        return await ReadAsync(call, file, report, ct) ?? (report.IsClean ? Clean : Problems);
    }

    public static async Task<int> InspectAsync(VerbCall call, CancellationToken ct)
    {
        var files = call.Arguments.Where(a => a != "--json").ToList();
        if (files is not [var file] || (file.StartsWith('-') && file != "-") || files.Count == call.Arguments.Count)
        {
            return await RefuseAsync(call, "Name one file and say that JSON is wanted: edi inspect FILE --json");
        }

        using var inspection = new FileInspection(Name(file), call.Output);
        return await ReadAsync(call, file, inspection, ct) ?? Clean;
    }

    /// <summary>Null when it was read to its end; otherwise the exit code, and the sentence is said.</summary>
    private static async Task<int?> ReadAsync(VerbCall call, string file, FileHandler handler, CancellationToken ct)
    {
        try
        {
            await using var stream = file == "-" ? call.Input : File.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await InterchangeReader.ReadAsync(stream, handler, ct);
            if (handler.NotX12 is { } why)
            {
                return await RefuseAsync(call, $"{Name(file)} {why}");
            }

            handler.End();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return await RefuseAsync(call, e switch
            {
                FileNotFoundException or DirectoryNotFoundException => $"There is no file {file}.",
                UnauthorizedAccessException when Directory.Exists(file) => $"{file} is a folder; name a file in it.",
                UnauthorizedAccessException => $"{file} may not be read by this user.",
                _ => $"{Name(file)} cannot be read: {e.Message}",
            });
        }
    }

    private static async Task<int> RefuseAsync(VerbCall call, string sentence)
    {
        await call.Error.WriteLineAsync(sentence);
        return NotX12;
    }

    private static string Name(string file) => file == "-" ? "standard input" : Path.GetFileName(file);
}
