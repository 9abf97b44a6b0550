using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Modular.Sdk;

namespace Modular.Host.Imports;

/// <summary>FHIR R4 resources, one a line, as rows of the kind that takes them: from here on they are checked, loaded and undone like any table.</summary>
public sealed class FhirFile : IDisposable
{
    private readonly StreamReader reader;
    private readonly ImportKind kind;
    private readonly HashSet<string> told = [];
    private int line;

    private FhirFile(StreamReader reader, ImportKind kind, string sha256) => (this.reader, this.kind, Sha256) = (reader, kind, sha256);

    public string Sha256 { get; }

    public string[] Headings => [.. kind.Fields.Select(f => f.Title)];

    /// <summary>The columns are the kind's own fields, so that nobody has to say what they mean.</summary>
    public Dictionary<string, int> Mapping => kind.Fields.Select((f, i) => (f.Id, i)).ToDictionary(x => x.Id, x => x.i);

    /// <summary>JSON begins with a brace; no table of people does.</summary>
    public static async Task<bool> IsAsync(Stream content, CancellationToken ct)
    {
        content.Position = 0;
        var head = new byte[64];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        content.Position = 0;
        return Encoding.UTF8.GetString(head, 0, read).TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith('{');
    }

    /// <exception cref="CsvRefusedException">The kind takes no FHIR.</exception>
    public static async Task<FhirFile> OpenAsync(ImportKind kind, Stream content, CancellationToken ct)
    {
        if (kind.FhirResource is null)
        {
            throw new CsvRefusedException($"{kind.Title} are loaded from a table, not from FHIR.");
        }

        content.Position = 0;
        var sha = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
        content.Position = 0;
        return new(new StreamReader(content, Encoding.UTF8, true, 64 * 1024, leaveOpen: true), kind, sha);
    }

    /// <summary>The next row, or null at the end. A resource that says what an earlier one said, such as the payer of a second coverage, is no row.</summary>
    /// <exception cref="CsvRefusedException">A line is no resource, or another one than the kind takes.</exception>
    public string[]? Read()
    {
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var row = Row(text);
            if (told.Add(string.Join('\u001F', row)))
            {
                return row;
            }
        }

        return null;
    }

    private string[] Row(string text)
    {
        try
        {
            using var resource = JsonDocument.Parse(text);
            var type = resource.RootElement.TryGetProperty("resourceType", out var named) ? named.GetString() : null;
            if (type != kind.FhirResource)
            {
                throw new CsvRefusedException($"Line {line} holds {type ?? "no FHIR resource"}; {kind.Title.ToLowerInvariant()} are read from {kind.FhirResource}.");
            }

            var values = kind.ReadFhir(resource.RootElement);
            return [.. kind.Fields.Select(f => values.GetValueOrDefault(f.Id, "").Replace("\0", "", StringComparison.Ordinal))];
        }
        catch (JsonException)
        {
            throw new CsvRefusedException($"Line {line} cannot be read as JSON; each line holds one whole resource.");
        }
    }

    public void Dispose() => reader.Dispose();
}
