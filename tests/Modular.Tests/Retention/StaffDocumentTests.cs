using System.Net;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Retention;

/// <summary>Documents that people of the practice had to read are kept by law like others.</summary>
public sealed class StaffDocumentTests : DisposalCase
{
    /// <summary>45 CFR 164.530(j)(2): six years from the day on which it was last in effect, with what people signed for it.</summary>
    [Fact]
    public async Task A_document_of_the_staff_goes_whole_six_years_after_it_was_withdrawn_unless_who_signed_is_held()
    {
        var held = (await Host.People.EnsureAsync(North, Roles.Nurse)).Id;
        var other = (await Host.People.EnsureAsync(North, Roles.Biller)).Id;
        var (gone, young, kept, inForce) = (await DocumentAsync(7, other), await DocumentAsync(5, other), await DocumentAsync(7, held), await DocumentAsync(null, other));
        using var onPerson = await Manager.SubmitAsync(await Manager.PageAsync("/retention/holds/add"), "form[data-guard]",
            ("Matter", "Audit"), ("Reason", "The board asks"), ("PersonId", $"{held}"));
        Assert.Equal(HttpStatusCode.Redirect, onPerson.StatusCode);

        var run = await ProposeAsync();
        Assert.Equal(gone, await North.AskAsync<Guid>("select record_id from core.disposal_items where kind = 'core.acknowledgement'"));
        await AskAsync(run);
        await DecideAsync(await RequestAsync(), "approve");
        await StateAsync(run, "done");

        foreach (var (table, column) in new[] { ("reading_documents", "id"), ("reading_versions", "document_id"), ("acknowledgements", "document_id"), ("signatures", "id") })
        {
            Assert.Equal(new[] { young, kept, inForce }.Order(), (await AllAsync($"select {column} from core.{table}")).Order());
        }
    }

    /// <returns>Its id, which its version, who was asked and what they signed have too.</returns>
    private Task<Guid> DocumentAsync(int? withdrawn, Guid signer) => North.AskAsync<Guid>($"""
        with d as (insert into core.reading_documents (id, kind, key, name, everybody, days, current, asking, withdrawn_at, withdrawn_by, withdrawn_why)
            select id, 'core.policy', id::text, 'Safety', true, 14, 1, 1, w, case when w is not null then 'x' end, case when w is not null then 'A new one' end
            from (select gen_random_uuid() as id, now() - {(withdrawn is null ? "null::interval" : $"interval '{withdrawn} years 1 day'")} as w) n returning id),
        v as (insert into core.reading_versions (id, document_id, number, body, sha256, small, published_at, published_by)
            select id, id, 1, 'Read it', repeat('a', 64), false, now(), 'x' from d),
        s as (insert into core.signatures (id, permission, subject_id, title, body, sha256, language, consent, signer, relationship, how, place, present_name, signed_at, digest)
            select id, 'core.acknowledgements.manage', id, 'Safety', 'Read it', sha256('Read it'), 'en', 'I agree', 'x', 'Self', 'desk', 'here', 'x', now(), sha256('x') from d),
        a as (insert into core.acknowledgements (id, document_id, number, name, person_id, person, asked_on, due_on, state, signed_at, signed_number, signature_id)
            select id, id, 1, 'Safety', '{signer}', 'x', '2016-01-05', '2016-01-05', 'signed', now(), 1, id from d)
        select id from d
        """);

    private async Task<List<Guid>> AllAsync(string sql)
    {
        await using var command = North.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }
}
