using System.Globalization;

namespace Modular.Host.Audit;

/// <summary>A place in the chain that was true at a moment.</summary>
/// <param name="DroppedFrom">From this number on the entries went with their months, past retention.</param>
public sealed record SealedHead(long Seq, byte[] Digest, DateTimeOffset At, long? DroppedFrom = null);

/// <summary>
/// The heads of each practice's chain in an append-only file outside the database: whoever rewrites the whole chain
/// inside the database still contradicts these.
/// </summary>
public sealed class SealedHeads(StartOptions options)
{
    public string FileOf(Guid practice) => Path.Combine(options.DataDirectory, "audit", $"{practice}.heads");

    public async Task AppendAsync(Guid practice, SealedHead head, CancellationToken ct)
    {
        var file = FileOf(practice);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var line = string.Create(CultureInfo.InvariantCulture, $"{head.Seq} {Convert.ToHexStringLower(head.Digest)} {head.At:O}{(head.DroppedFrom is { } from ? $" dropped {from}" : "")}\n");
        await File.AppendAllTextAsync(file, line, ct);
    }

    /// <summary>In the order written; a last line cut off by a crash is left out.</summary>
    public IEnumerable<SealedHead> Read(Guid practice)
    {
        var file = FileOf(practice);
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            var parts = line.Split(' ');
            if (parts is [var seq, { Length: 64 } digest, var at, .. var dropped]
                && dropped is [] or ["dropped", _]
                && long.TryParse(seq, CultureInfo.InvariantCulture, out var number)
                && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var when))
            {
                yield return new(number, Convert.FromHexString(digest), when, dropped is [_, var from] ? long.Parse(from, CultureInfo.InvariantCulture) : null);
            }
        }
    }
}
