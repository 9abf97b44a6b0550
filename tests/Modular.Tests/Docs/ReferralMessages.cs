using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: messages
/// <summary>A referral was sent or changed: its whole state, so that a listener needs one upsert guarded by <paramref name="Version"/>.</summary>
[Message("referrals.referral-changed.v1")]
public sealed record ReferralChanged(Guid ReferralId, int Version, Guid PatientId, Guid LocationId, string SentTo, DateOnly SentOn, string Status);

/// <summary>Closes a referral; one handler, in the module that owns it.</summary>
[Message("referrals.close-referral.v1", OneHandler = true)]
public sealed record CloseReferral(Guid ReferralId);

/// <summary>Asks for the open referrals of patients.</summary>
[Message("referrals.find-open.v1", OneHandler = true)]
public sealed record FindOpenReferrals(IReadOnlyList<Guid> PatientIds);

[Message("referrals.open-found.v1")]
public sealed record OpenReferralsFound(IReadOnlyList<ReferralChanged> Referrals);
// end

/// <summary>Asks whether the report came.</summary>
[Message("referrals.ask-for-report.v1", OneHandler = true)]
public sealed record AskForReport(Guid ReferralId);

// snippet: message-for-programs
/// <summary>A specialist's report has come.</summary>
[Message("referrals.report-came.v1", Needs = "referrals.referral.read", Location = nameof(LocationId), Patients = [nameof(PatientId)])]
public sealed record ReportCame(Guid ReferralId, Guid PatientId, Guid LocationId, DateOnly On);
// end
