using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Modular.Sdk;

namespace Modular.Host.Signatures;

/// <summary>A signature as it is kept.</summary>
/// <param name="Body">The text, UTF-8, byte for byte.</param>
/// <param name="Drawn">Null: the typed name is the signature.</param>
/// <param name="How">desk, tablet or link.</param>
/// <param name="Present">Who of the staff was there; null by link.</param>
/// <param name="SignerId">Who of the staff signed for themselves.</param>
/// <param name="LinkId">By which link it was signed at home; known when it is given alone.</param>
public sealed record SignatureRow(
    Guid Id, string Permission, Guid SubjectId, Guid? PatientId, Guid? LocationId, string Title, byte[] Body,
        string Language, string Consent, string Signer,
    string Relationship, string? Drawn, string How, string Place, Guid? PresentId, string? Present, DateTimeOffset SignedAt,
    Guid? SignerId = null, Guid? LinkId = null)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public byte[] Sha256 => SHA256.HashData(Body);

    /// <summary>
    /// Of all that was said and done, each part with its length before it, so that no word can move from one to the next. The patient is left
    /// out: a merge of two records of one patient changes that id.
    /// </summary>
    public byte[] Digest()
    {
        var parts = new List<string>
        {
            Id.ToString(), SubjectId.ToString(), Title, Convert.ToHexStringLower(Sha256), Language, Consent, Signer, Relationship, Drawn ?? "",
                How, Place,
            PresentId?.ToString() ?? "", Present ?? "",
                SignedAt.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        };
        if (SignerId is { } signer)
        {
            parts.Add(signer.ToString());
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(p => $"{p.Length}:{p}"))));
    }

    /// <summary>Points of each stroke, in the pad's box; null when it is no drawing of the pad.</summary>
    public static IReadOnlyList<IReadOnlyList<(int X, int Y)>>? Strokes(string? drawn)
    {
        if (drawn is not { Length: > 0 and <= 20_000 })
        {
            return null;
        }

        var strokes = new List<IReadOnlyList<(int, int)>>();
        foreach (var stroke in drawn.Split(' '))
        {
            var points = stroke.Split('-').Select(Point).ToList();
            if (points.Exists(p => p is null))
            {
                return null;
            }

            strokes.Add([.. points.Select(p => p!.Value)]);
        }

        return strokes;
    }

    private static (int X, int Y)? Point(string text) => text.Split(',') is [var x, var y]
        && int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var across) && across <= SignaturePad.Width
        && int.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out var down) && down <= SignaturePad.Height ? (across, down) : null;
}
