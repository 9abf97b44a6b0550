using Modular.Sdk;

namespace Modular.Facts.Messages;

/// <summary>A fact was noted or changed; whole state with its version.</summary>
[Message("facts.fact-noted.v1")]
public sealed record FactNoted(int Number, int Version, string Text);

/// <summary>Notes a fact.</summary>
[Message("facts.note-fact.v1", OneHandler = true)]
public sealed record NoteFact(int Number, string Text);

[Message("facts.find-fact.v1", OneHandler = true)]
public sealed record FindFact(int Number);

[Message("facts.fact-found.v1")]
public sealed record FactFound(int Number, string Text);

/// <summary>Sent by the nightly job.</summary>
[Message("facts.night-came.v1")]
public sealed record NightCame;

/// <summary>A fact about a patient, which a program outside may be told of.</summary>
[Message("facts.fact-told.v1", Needs = "facts.fact.read", Patients = [nameof(PatientId)])]
public sealed record FactTold(int Number, Guid PatientId);
