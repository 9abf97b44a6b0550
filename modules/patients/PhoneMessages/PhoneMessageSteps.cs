using Modular.Sdk;

namespace Modular.Patients.PhoneMessages;

public enum PhoneMessageState
{
    Open,
    Closed,
}

/// <summary>What is done about a message of a caller. A thread is not taken back; a message that was closed too early is opened again.</summary>
public static class PhoneMessageSteps
{
    public static readonly Steps<PhoneMessage, PhoneMessageState> All = new("message", m => m.State, m => m.Thread);

    public static readonly Step<PhoneMessage, PhoneMessageState> Take = All.From(PhoneMessageState.Open)
        .Stays("take", PatientsPermissions.AnswerPhoneMessage, Closed, canBeTakenBack: false);

    public static readonly Step<PhoneMessage, PhoneMessageState> Note = All.From(PhoneMessageState.Open)
        .Stays("note", PatientsPermissions.AnswerPhoneMessage, Closed, canBeTakenBack: false);

    public static readonly Step<PhoneMessage, PhoneMessageState> Hand = All.From(PhoneMessageState.Open)
        .Stays("hand", PatientsPermissions.AnswerPhoneMessage, Closed, canBeTakenBack: false);

    public static readonly Step<PhoneMessage, PhoneMessageState> Close = All.From(PhoneMessageState.Open)
        .To(PhoneMessageState.Closed, "close", PatientsPermissions.AnswerPhoneMessage, Closed, canBeTakenBack: false);

    public static readonly Step<PhoneMessage, PhoneMessageState> Reopen = All.From(PhoneMessageState.Closed)
        .To(PhoneMessageState.Open, "reopen", PatientsPermissions.AnswerPhoneMessage, _ => "This message is open.", canBeTakenBack: false);

    private static string Closed(PhoneMessage m) => $"{m.ClosedBy} closed this message. Open it again first.";
}
