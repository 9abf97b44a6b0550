using Modular.Sdk;

namespace Modular.Patients.Messages;

/// <summary>Asks for the documents of a patient's chart: what a claim, an appeal or a letter may enclose.</summary>
/// <param name="Categories">Of id-card, insurance-card, referral, consent, letter, result, other; null for all.</param>
/// <param name="From">The first day that a paper may be dated; null for all.</param>
[Message("patients.find-documents.v1", OneHandler = true)]
public sealed record FindDocuments(Guid PatientId, IReadOnlyList<string>? Categories = null, DateOnly? From = null);

/// <param name="Documents">Newest first, at most 200; of a chart that is shut to whoever asks, none.</param>
[Message("patients.documents-found.v1")]
public sealed record DocumentsFound(IReadOnlyList<DocumentOfPatient> Documents);

/// <param name="FileId">Of the host's files: <c>/files/{id}</c>, for those who may open it.</param>
/// <param name="Category">One of id-card, insurance-card, referral, consent, letter, result, other.</param>
/// <param name="Dated">The day on the paper.</param>
public sealed record DocumentOfPatient(Guid DocumentId, Guid FileId, string Category, string Title, DateOnly Dated, DateTimeOffset AddedAt);
