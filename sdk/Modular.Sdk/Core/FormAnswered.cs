namespace Modular.Sdk.Core;

/// <summary>
/// A form was filled in and waits for review. The module whose kind it is reads what was answered with <see cref="IForms"/>, where it goes on by
/// itself: a triage, a survey. A record changes by the review alone.
/// </summary>
/// <param name="Kind">As declared: <c>patients.registration</c>.</param>
/// <param name="FormVersion">Of the form, as it was answered.</param>
/// <param name="RecordId">What it is about; null for nothing.</param>
/// <param name="PatientId">Null for a form about no patient.</param>
/// <param name="Way">staff, tablet or link.</param>
[Message("core.form-answered.v1")]
public sealed record FormAnswered(
    Guid AnswerId, Guid FormId, int FormVersion, string Kind, Guid? RecordId, Guid? PatientId, string Way, string AnsweredBy, DateTimeOffset AnsweredAt);
