using Modular.Sdk;

namespace Modular.Patients.Messages;

/// <summary>Records of a patient left the practice through another module: into the patient's disclosures. Told twice, it is one.</summary>
/// <param name="DisclosureId">Made by whoever gave them; the order key of both messages.</param>
/// <param name="Address">Where they went: a fax number, an address, a portal.</param>
/// <param name="Purpose">care, payment, operations, authorization, patient, law, public-health, oversight, court, research, mistake or other; the first five are not accounted (45 CFR 164.528(a)(1)).</param>
[Message("patients.note-disclosure.v1", OneHandler = true)]
public sealed record NoteDisclosure(Guid DisclosureId, Guid PatientId, DateOnly DisclosedOn, string Recipient, string? Address, string What, string Purpose, string ByName);

/// <summary>It did not happen after all: the step that told of it was taken back.</summary>
[Message("patients.take-back-disclosure.v1", OneHandler = true)]
public sealed record TakeBackDisclosure(Guid DisclosureId);
