using System.Security.Cryptography;
using System.Text;
using Modular.Host.Practices;

namespace Modular.Host.Links;

public enum LinkState
{
    Open,
    Used,
    Revoked,
    Ended,

    /// <summary>The second fact was answered wrongly too often.</summary>
    Shut,
}

/// <summary>A link as it is stored: whoever reads this cannot open it.</summary>
public sealed record LinkRow(
    Guid Id, string Kind, Guid SubjectId, Guid? PatientId, Guid? LocationId, string Recipient, string Language, byte[]? BirthDigest, int Tries,
    bool HandedOver, DateTimeOffset MadeAt, string MadeBy, DateTimeOffset ExpiresAt,
        DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt, string? RevokedBy)
{
    /// <summary>Wrong dates of birth, after which the link opens no more.</summary>
    public const int MostTries = 5;

    // Without i, l, o and u, so that a printed link can be typed; 26 of 32 letters are 130 bits.
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26;

    public LinkState StateAt(DateTimeOffset now) =>
        UsedAt is not null ? LinkState.Used
        : RevokedAt is not null ? LinkState.Revoked
        : ExpiresAt <= now ? LinkState.Ended
        : Tries >= MostTries ? LinkState.Shut
        : LinkState.Open;

    /// <summary>What was signed by it can be looked at again.</summary>
    public bool MayLeaveCopy(DateTimeOffset now) =>
        UsedAt is not null && !HandedOver && this with { UsedAt = null } is var unused && unused.StateAt(now) == LinkState.Open;

    public bool IsBornOn(DateOnly day) => BirthDigest is not null && CryptographicOperations.FixedTimeEquals(BirthDigest, DigestOf(Id, day));

    public static string NewToken() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>What is looked for; null for what can be no link. A link means nothing at another practice, whatever rows the two share.</summary>
    public static byte[]? DigestOf(Practice practice, string? typed)
    {
        var token = typed?.ToLowerInvariant().Replace('o', '0').Replace('i', '1').Replace('l', '1');
        return token is { Length: Length } && token.All(Letters.Contains)
            ? SHA256.HashData([.. practice.Id.ToByteArray(), .. Encoding.ASCII.GetBytes(token)]) : null;
    }

    /// <summary>Whoever reads the table reads the date in the patient's row as well; the digest keeps it out of copies of this row alone.</summary>
    public static byte[] DigestOf(Guid link, DateOnly birthDate) =>
        SHA256.HashData([.. link.ToByteArray(),
            .. Encoding.ASCII.GetBytes(birthDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))]);
}
