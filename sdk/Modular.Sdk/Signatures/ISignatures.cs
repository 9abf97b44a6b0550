namespace Modular.Sdk;

/// <summary>
/// Signatures under what the practice words: kept with the exact text, its SHA-256, time, person, relation, place and who of the staff was there,
/// and shown as a certificate at <c>/signatures/{id}</c>, also as a PDF.
/// </summary>
/// <example><code>
/// if (Accept(signatures.Faults(pad)))
/// {
///     await using var write = await db.BeginWriteAsync(ct);
///     row.SignatureId = await signatures.SignAsync(new("notes.note.read", row.Id, new("House rules", text, "en"), pad), ct);
/// </code></example>
public interface ISignatures
{
    /// <summary>What is missing or wrong, in the pad's language, by the names of the fields.</summary>
    IReadOnlyList<FieldError> Faults(SignaturePad pad);

    /// <summary>
    /// Keeps a signature within the current write. On a page that a link opened it was given by link, or on the tablet that was handed over;
    /// on a page of the staff at the desk, in the presence of whoever is signed in.
    /// </summary>
    /// <returns>Its id, by which the row that it is about finds it.</returns>
    /// <exception cref="ArgumentException"><see cref="Faults"/> finds something, or the text is empty or above 1,000,000 bytes.</exception>
    Task<Guid> SignAsync(NewSignature signature, CancellationToken ct = default);
}

/// <param name="Permission">Of the module, of whoever may see the certificate.</param>
/// <param name="SubjectId">The row it is about.</param>
public sealed record NewSignature(string Permission, Guid SubjectId, SignedText Text, SignaturePad Pad)
{
    /// <summary>Whom it is about; every look at the certificate is then in the access log.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>To people of other locations it is not there; null is the whole practice's.</summary>
    public Guid? LocationId { get; init; }

    /// <summary>
    /// The person of the staff who signs for themselves: they see the certificate whatever their permissions, and do not sign it off.
    /// </summary>
    public Guid? SignerId { get; init; }
}

/// <summary>What was signed: the whole text as it stood before the person, with line breaks.</summary>
/// <param name="Title">1 to 200 letters.</param>
/// <param name="Language">Of the text, out of <see cref="PatientTexts.Languages"/>.</param>
public sealed record SignedText(string Title, string Body, string Language);
