using Modular.Referrals.Tests;
using Modular.Testing;

[assembly: AssemblyFixture(typeof(Office))]

namespace Modular.Referrals.Tests;

/// <summary>One practice for all tests that only add rows of their own.</summary>
public sealed class Office : IAsyncLifetime
{
    public TestPractice Practice { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Practice = await TestPractice.StartAsync();

    public ValueTask DisposeAsync() => Practice.DisposeAsync();

    /// <summary>Written by the front desk, to a specialist who is new.</summary>
    public async Task<TestPage> ReferAsync(TestPerson desk, Guid patient, string specialist, string urgency = "routine") =>
        await (await desk.OpenAsync($"/referrals/referrals/write?patient={patient}")).SubmitAsync("form#write-referral",
            ("SpecialistName", specialist), ("Specialty", "Cardiology"), ("Fax", "555-010-4455"), ("Reason", "Chest tightness on stairs"), ("Urgency", urgency));
}
