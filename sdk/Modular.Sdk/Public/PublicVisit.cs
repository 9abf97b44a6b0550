namespace Modular.Sdk;

/// <summary>A look at a public page by somebody without an account.</summary>
/// <param name="Language">ISO 639-1, out of <see cref="PatientTexts.Languages"/>: as the person chose, else the link's, else the browser's.</param>
/// <param name="Link">What opened the page; null on a page without <see cref="PublicPageAttribute.Link"/>.</param>
public sealed record PublicVisit(string Language, OpenedLink? Link);

/// <summary>The link that opened a page, after it was found good and its second fact was known.</summary>
/// <param name="Kind">Id of its <see cref="LinkKind"/>.</param>
/// <param name="SubjectId">The row it is about.</param>
/// <param name="Recipient">Who it was made for.</param>
/// <param name="KnewBirthDate">Whether the patient's date of birth was asked for and known.</param>
/// <param name="HandedOverBy">Who of the staff handed over the device on which it is open; null when it went out of the office.</param>
public sealed record OpenedLink(
    Guid Id, string Kind, Guid SubjectId, Guid? PatientId, Guid? LocationId, string Recipient, bool KnewBirthDate, string? HandedOverBy,
    DateTimeOffset ExpiresAt);
