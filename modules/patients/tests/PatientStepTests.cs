using Modular.Patients.PhoneMessages;
using Modular.Patients.Scans;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>The laws of the steps of what lies in an inbox: documents and messages of callers.</summary>
public sealed class PatientStepTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 10, 13, 0, 0, TimeSpan.Zero);
    private static readonly Actor Nora = new() { Name = "Nora", PersonId = Guid.CreateVersion7() };

    [Fact]
    public void No_order_of_steps_of_a_document_leaves_the_graph() => StepLaws.Hold(
        ScanSteps.All, () => new Scan { Name = "Fax", DueBy = Now.AddHours(4) }, s => s.State, s => s.History,
        [s => s.File(Guid.NewGuid(), Guid.NewGuid(), Nora, Now), s => s.Discard("Advertising", Nora, Now), s => s.Return(Nora, Now)],
        s => ScanSteps.All.TakeBack(s, Now, "Nora"));

    [Fact]
    public void No_order_of_steps_of_a_message_leaves_the_graph() => StepLaws.Hold(
        PhoneMessageSteps.All, () => new PhoneMessage { Caller = "Ana Rivera", TakenAt = Now }, m => m.State, m => m.Thread,
        [
            m => m.Give(new(Guid.NewGuid(), "Nora"), "Nora", Now), m => m.Give(null, "Nora", Now),
            m => m.Note("Called back", Now, "Nora"), m => m.Note(null, Now, "Nora"), m => m.Hand(Roles.Biller, null, Now, "Nora"),
            m => m.Hand("nobody", "x", Now, "Nora"), m => m.Close("Refilled", Now, "Nora"), m => m.Close(null, Now, "Nora"), m => m.Reopen(null, Now, "Nora"),
        ],
        m => PhoneMessageSteps.All.TakeBack(m, Now, "Nora"));
}
