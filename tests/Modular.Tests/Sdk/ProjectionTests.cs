using Modular.Patients.Messages;
using Modular.Sdk.Core;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Sdk;

/// <summary>What modules keep of others' facts, told by message to the running host: scheduling and referrals declare what is kept.</summary>
public sealed class ProjectionTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task The_newest_state_is_kept_whatever_order_the_messages_come_in()
    {
        var (id, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Host.PublishAsync(Host.North, Patient(id, 3, "Third"), Patient(id, 1, "First"), Patient(other, 1, "Other"), Patient(id, 2, "Second"));
        foreach (var module in new[] { "scheduling", "referrals" })
        {
            // Two of one version are the same fact told twice; which of them comes first is promised to nobody, so the first is waited for.
            await Host.North.UntilAsync($"select version || ' ' || name from {module}.patients where id = '{id}'", "3 Third, Ada");
        }

        await Host.PublishAsync(Host.North, Patient(id, 3, "Repeated"), Patient(id, 2, "Late"), Patient(other, 2, "Later"));

        await Host.North.UntilAsync($"select name from scheduling.patients where id = '{other}'", "Later, Ada");
        await Host.North.UntilAsync($"select name from referrals.patients where id = '{other}'", "Later, Ada");
        foreach (var module in new[] { "scheduling", "referrals" })
        {
            Assert.Equal("3 Third, Ada", await Host.North.AskAsync<string>($"select version || ' ' || name from {module}.patients where id = '{id}'"));
        }
    }

    [Fact]
    public async Task A_name_without_its_accents_is_among_the_words_that_are_searched()
    {
        var id = Guid.CreateVersion7();
        await Host.PublishAsync(Host.North, Patient(id, 1, "Muñoz") with { PreferredName = "Adita", Phone = "(617) 555-0100" });

        await Host.North.UntilAsync($"select name || '|' || find from scheduling.patients where id = '{id}'", "Muñoz, Ada (Adita)| munoz ada adita p-1 6175550100");
    }

    [Fact]
    public async Task A_text_that_other_rows_repeat_follows_and_the_row_is_not_removed_while_they_are_there()
    {
        var (id, unused) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Host.PublishAsync(Host.North, Patient(id, 1, "Moss"), Patient(unused, 1, "Moss"));
        await Host.North.UntilAsync($"select count(*) from referrals.patients where id = any('{{{id},{unused}}}')", 2L);
        await ReferAsync(id);

        await Host.PublishAsync(Host.North, Patient(id, 2, "Married"));
        await Host.North.UntilAsync($"select patient_name from referrals.referrals where patient_id = '{id}'", "Married, Ada");
        await Host.PublishAsync(Host.North, new PatientRemoved(id), new PatientRemoved(unused));

        await Host.North.UntilAsync($"select count(*) from referrals.patients where id = '{unused}'", 0L);
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from referrals.patients where id = '{id}'"));
    }

    [Fact]
    public async Task What_is_searched_and_asked_for_has_the_new_name_and_what_was_ticked_stays_so()
    {
        var id = Guid.CreateVersion7();
        await Host.PublishAsync(Host.North, Patient(id, 1, "Moss"));
        await Host.North.UntilAsync($"select count(*) from referrals.patients where id = '{id}'", 1L);
        await ReferAsync(id);
        var referral = await Host.North.AskAsync<Guid>($"select id from referrals.referrals where patient_id = '{id}'");
        await Host.North.AskAsync<long>($"""
            with stale as (insert into core.tasks (id, module, kind, entity_id, title, link, permission, created_at, due, done_at)
                select gen_random_uuid(), 'referrals', 'referral', '{referral}', 'Check the coverage of Moss, Ada', '/', 'x', now(), now(), now() returning 1)
            select count(*) from stale
            """);

        await Host.PublishAsync(Host.North, Patient(id, 2, "Married"));

        await Host.North.UntilAsync($"select title from core.search where entity_id = '{referral}'", "Married, Ada → Whom");
        Assert.Equal("True", await Host.North.AskAsync<string>(
            $"select (title like 'Check the coverage of Married, Ada%' and done_at is not null)::text from core.tasks where entity_id = '{referral}' and module = 'referrals' and kind = 'referral'"), ignoreCase: true);
    }

    [Fact]
    public async Task The_record_that_is_gone_in_a_merge_is_no_longer_offered_until_the_merge_is_taken_back()
    {
        var (kept, gone) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Host.PublishAsync(Host.North, Patient(kept, 1, "Kept"), Patient(gone, 1, "Gone"));
        await Host.North.UntilAsync($"select count(*) from referrals.patients where id = any('{{{kept},{gone}}}')", 2L);
        await ReferAsync(kept, "Gone, Ada"); // as the merge moved it

        await Host.PublishAsync(Host.North, new PatientsMerged(kept, gone, Undone: false));
        await Host.North.UntilAsync($"select active from referrals.patients where id = '{gone}'", false);
        Assert.Equal("Kept, Ada", await Host.North.AskAsync<string>($"select patient_name from referrals.referrals where patient_id = '{kept}'"));
        Assert.True(await Host.North.AskAsync<bool>($"select active from referrals.patients where id = '{kept}'"));

        await Host.PublishAsync(Host.North, new PatientsMerged(kept, gone, Undone: true));
        await Host.North.UntilAsync($"select active from referrals.patients where id = '{gone}'", true);
    }

    [Fact]
    public async Task Of_the_staff_those_who_see_patients_are_kept_and_those_who_did()
    {
        var (clerk, doctor) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Host.PublishAsync(Host.North, Staff(clerk, 1, provider: false), Staff(doctor, 1, provider: true));
        await Host.North.UntilAsync($"select npi from scheduling.providers where id = '{doctor}'", "1234567893");
        await Host.PublishAsync(Host.North, Staff(doctor, 2, provider: false), Staff(clerk, 2, provider: false));

        await Host.North.UntilAsync($"select active from referrals.providers where id = '{doctor}'", false);
        await Host.North.UntilAsync($"select active from scheduling.providers where id = '{doctor}'", false);
        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from scheduling.providers where id = '{clerk}'"));
    }

    [Fact]
    public async Task What_is_set_once_stays_where_a_merge_put_it()
    {
        var (id, told, merged) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Host.PublishAsync(Host.North, Case(id, 1, told));
        await Host.North.UntilAsync($"select count(*) from referrals.cases where id = '{id}'", 1L);
        await Host.North.AskAsync<long>($"with moved as (update referrals.cases set patient_id = '{merged}' where id = '{id}' returning 1) select count(*) from moved");
        await Host.PublishAsync(Host.North, Case(id, 2, told));

        await Host.North.UntilAsync($"select version || ' ' || patient_id from referrals.cases where id = '{id}'", $"2 {merged}");
    }

    [Theory]
    [InlineData("Kaur", "Simran", null, "Kaur, Simran", "Simran Kaur")]
    [InlineData("Kaur", "Simran", "Sim", "Kaur, Simran (Sim)", "Simran Kaur")]
    [InlineData("Kaur", "Simran", "Simran", "Kaur, Simran", "Simran Kaur")]
    [InlineData("Kaur", "Simran", " ", "Kaur, Simran", "Simran Kaur")]
    [InlineData("Smith, Jr.", "Al", null, "Smith, Jr., Al", "Jr., Al Smith")]
    public void A_name_is_sorted_for_the_office_and_read_by_the_patient(string last, string first, string? preferred, string sorted, string read) =>
        Assert.Equal((sorted, read), (PatientName.Sorted(last, first, preferred), PatientName.Read(PatientName.Sorted(last, first, preferred))));

    private static PatientChanged Patient(Guid id, int version, string last) => new(id, version, "P-1", "Ada", last, null, new(1948, 1, 5), "F", null, null, false, true);

    private static StaffMemberChanged Staff(Guid id, int version, bool provider) => new(id, version, "Nora", "Quist", "MD", "Nora Quist, MD", "1234567893", provider, true);

    private static CaseChanged Case(Guid id, int version, Guid patient) => new(id, version, patient, "auto", "Rear-end collision", new(2026, 1, 5), null, null, null, new(2026, 1, 6), null);

    private async Task ReferAsync(Guid patient, string name = "Moss, Ada")
    {
        var specialist = Guid.CreateVersion7();
        await Host.North.AskAsync<long>($"""
            with whom as (insert into referrals.specialists (id, name) values ('{specialist}', 'Whom {specialist}') returning id),
                made as (insert into referrals.referrals (id, patient_id, patient_name, location_id, zone, specialist_id, specialist_name, reason, urgency, due_on, form_key, written_on, written_by)
                    select gen_random_uuid(), '{patient}', '{name}', '{TestHost.NorthMain}', 'America/New_York', id, 'Whom', 'Heart', 'routine', '2026-02-05', gen_random_uuid(), '2026-01-05', 'x' from whom returning 1)
            select count(*) from made
            """);
    }
}
