namespace Modular.Sdk;

/// <summary>A signature as it comes from a form; bind it with the prefix <c>Signature</c>.</summary>
public sealed class SignatureForm
{
    /// <summary>Who signs. Without a drawing this is the signature.</summary>
    public string? Name { get; set; }

    /// <summary>In what relation they stand to whom it is about, one of the pad's choices.</summary>
    public string? Relationship { get; set; }

    /// <summary>
    /// What was drawn, or empty: strokes with spaces between, each of points <c>x,y</c> with <c>-</c> between, in a box of
    /// <see cref="SignaturePad.Width"/> by <see cref="SignaturePad.Height"/>.
    /// </summary>
    public string? Drawn { get; set; }

    /// <summary>They agree to sign on the screen.</summary>
    public bool Agreed { get; set; }
}

/// <summary>What the fields of a signature need: <c>&lt;partial name="/Signatures/_Signature.cshtml" model="pad" /&gt;</c> inside a form.</summary>
/// <param name="Signature">As typed so far.</param>
/// <param name="Relationships">Who may sign, by key, in the reader's language.</param>
/// <param name="Language">ISO 639-1, out of <see cref="PatientTexts.Languages"/>.</param>
public sealed record SignaturePad(SignatureForm Signature, IReadOnlyDictionary<string, string> Relationships, string Language)
{
    public const int Width = 600;
    public const int Height = 200;
}
