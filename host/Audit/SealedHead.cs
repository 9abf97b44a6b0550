using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Modular.Host.Audit;

/// <summary>A place in the chain that was true at a moment.</summary>
/// <param name="DroppedFrom">From this number on the entries went with their months, past retention.</param>
public sealed record SealedHead(long Seq, byte[] Digest, DateTimeOffset At, long? DroppedFrom = null)
{
    /// <summary>Null on what was written before the chain had a key.</summary>
    public HeadSeal? Seal { get; init; }

    /// <summary>As it stands in the heads file, on a line of its own.</summary>
    public string Line => Seal is { } seal ? $"{Text} {Convert.ToHexStringLower(seal.Mac)}" : Text;

    /// <summary>What the key vouches for. In microseconds: what PostgreSQL keeps.</summary>
    private string Text => string.Create(CultureInfo.InvariantCulture, $"{Seq} {Convert.ToHexStringLower(Digest)} {Moment:O}") + Seal switch
    {
        { } s => string.Create(CultureInfo.InvariantCulture, $" {(DroppedFrom is null ? "seal" : "dropped")} {s.Number} {s.FromSeq} {s.Practice:N} {s.Host:N} {s.Key}"),
        null when DroppedFrom is { } from => string.Create(CultureInfo.InvariantCulture, $" dropped {from}"),
        null => "",
    };

    private DateTime Moment => new(At.UtcTicks - (At.UtcTicks % 10), DateTimeKind.Utc);

    public SealedHead SealedBy(AuditKey key, long number, long fromSeq, Guid practice, Guid host)
    {
        var bare = this with { Seal = new(number, fromSeq, practice, host, key.Id, []) };
        return bare with { Seal = bare.Seal with { Mac = bare.Mac(key) } };
    }

    public bool IsGenuine(AuditKey key) => Seal is not null && CryptographicOperations.FixedTimeEquals(Seal.Mac, Mac(key));

    /// <summary>Null for a line that was cut off or is none.</summary>
    public static SealedHead? Parse(string line)
    {
        var parts = line.Split(' ');
        if (parts is not [var seq, { Length: 64 } digest, var at, .. var more]
            || !long.TryParse(seq, CultureInfo.InvariantCulture, out var number)
            || !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var when))
        {
            return null;
        }

        var head = new SealedHead(number, Convert.FromHexString(digest), when);
        return more switch
        {
            [] => head,
            ["dropped", var from] => head with { DroppedFrom = long.Parse(from, CultureInfo.InvariantCulture) },
            [("seal" or "dropped") and var kind, var count, var from, var practice, var host, var key, { Length: 64 } mac] => head with
            {
                DroppedFrom = kind == "dropped" ? long.Parse(from, CultureInfo.InvariantCulture) : null,
                Seal = new(long.Parse(count, CultureInfo.InvariantCulture), long.Parse(from, CultureInfo.InvariantCulture), Guid.Parse(practice),
                    Guid.Parse(host), key, Convert.FromHexString(mac)),
            },
            _ => null,
        };
    }

    private byte[] Mac(AuditKey key) => key.Mac(Encoding.UTF8.GetBytes(Text));
}

/// <summary>Who vouches for a head.</summary>
/// <param name="Number">Seals of a chain are counted, so that a missing one is missed; 0 for a note that months were dropped.</param>
/// <param name="FromSeq">The first number that it covers.</param>
/// <param name="Practice">A restored copy keeps what its original sealed.</param>
/// <param name="Host">The folder of heads that has it too.</param>
public sealed record HeadSeal(long Number, long FromSeq, Guid Practice, Guid Host, string Key, byte[] Mac);
