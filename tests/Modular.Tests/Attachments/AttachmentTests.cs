using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Attachments;
using Modular.Sdk;
using Modular.Tests.Harness;
using static Modular.Tests.Attachments.ReferralFiles;

namespace Modular.Tests.Attachments;

/// <summary>Files on a record: the referral stands for any kind.</summary>
public sealed class AttachmentTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task The_specialists_answer_is_put_to_its_referral_shown_there_and_opened_under_the_patients_name_in_the_log()
    {
        var on = await new ReferralFiles(Host).PlantAsync();
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);

        var answer = await on.AttachAsync(nurse, ("Answer.pdf", Pdf("all is well")), ("Picture.exe", [0xFF, 0xD8, 0xFF, 0xE0]));

        Assert.Equal((HttpStatusCode.Redirect, on.Page), (answer.StatusCode, answer.Headers.Location!.ToString()));
        var panel = (await nurse.PageAsync(on.Page)).QuerySelector("#attachments")!;
        Assert.Equal(["Answer", "Picture"], panel.QuerySelectorAll("tbody th a").Select(a => a.TextContent.Trim()).Order());
        var file = panel.QuerySelectorAll("tbody th a").Single(a => a.TextContent.Trim() == "Answer").GetAttribute("href")!;
        Assert.Contains("Referral of Vale, Ada to Dr. New", (await nurse.PageAsync(file)).Body!.TextContent, StringComparison.Ordinal);
        var content = await nurse.GetAsync($"{file}/open");
        Assert.Equal(Pdf("all is well"), await content.Content.ReadAsByteArrayAsync());
        Assert.Equal("nosniff", content.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(await Host.North.AskAsync<long>($"select count(*) from audit.entries where log = 'access' and what = 'files of a referral' and '{on.Patient}' = any(patient_ids)") > 1);
    }

    [Fact]
    public async Task The_right_of_the_record_is_judged_at_every_access_and_no_id_opens_anything_past_it()
    {
        var on = await new ReferralFiles(Host).PlantAsync();
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        await on.AttachAsync(nurse, ("Answer.pdf", Pdf("of Main Street")));
        var (id, file) = (await on.OneAsync(), await Host.North.AskAsync<Guid>($"select v.file_id from core.attachment_versions v join core.attachments a on a.id = v.attachment_id where a.row_id = '{on.Row}'"));
        using var lake = await Host.SignInAsync(Host.North, Roles.Nurse, [TestHost.NorthLake]);
        using var hr = await Host.SignInAsync(Host.North, Roles.Hr);
        using var south = await Host.SignInAsync(Host.South, Roles.Owner);

        foreach (var (who, person) in new[] { ("of another place", lake), ("without the permission", hr), ("of another practice", south) })
        {
            foreach (var address in new[] { on.Files, $"/attachments/{id}", $"/attachments/{id}/open", $"/attachments/{id}/open?number=1" })
            {
                Assert.True((await person.GetAsync(address)).StatusCode == HttpStatusCode.NotFound, $"{address} is there for somebody {who}");
            }
        }

        // Whoever knows the id of the stored file finds nothing at its bare address.
        Assert.Equal(HttpStatusCode.NotFound, (await nurse.GetAsync($"/files/{file}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await nurse.GetAsync($"/attachments/patients.nothing/{on.Row}")).StatusCode);
    }

    [Fact]
    public async Task Whoever_sees_the_record_and_may_not_change_it_sees_the_files_and_changes_none()
    {
        var on = await new ReferralFiles(Host).PlantAsync();
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        await on.AttachAsync(nurse, ("Answer.pdf", Pdf("to read")));
        var id = await on.OneAsync();
        using var provider = await Host.SignInAsync(Host.North, Roles.Provider);

        var page = await provider.PageAsync(on.Files);
        Assert.Equal("Answer", page.QuerySelector("#attachments tbody th a")!.TextContent.Trim());
        Assert.Null(page.QuerySelector("#attachments form"));
        foreach (var to in new[] { on.Files, $"/attachments/{id}", $"/attachments/{id}/remove", $"/attachments/{id}/put-back" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(provider, on.Page, to, "files", [("More.pdf", Pdf("more"))])).StatusCode);
        }

        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from core.attachments where row_id = '{on.Row}' and removed_at is null"));
    }

    [Theory]
    [InlineData("page.pdf", "<html><script>alert(1)</script>", "page.pdf is not a file we can keep. Accepted are PDF")]
    [InlineData("fax.pdf", "II*\0....", "fax.pdf is a TIFF, which browsers do not show. Save it as a PDF and attach that.")]
    [InlineData("phone.jpg", "\0\0\0\u0018ftypheic....", "phone.jpg is a HEIC picture, which browsers do not show. Set the camera to “Most compatible”")]
    [InlineData("empty.pdf", "", "empty.pdf is empty.")]
    public async Task A_file_is_judged_by_its_content_and_what_is_refused_leaves_nothing_of_the_others(string name, string content, string sentence)
    {
        var on = await new ReferralFiles(Host).PlantAsync();
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);

        var answer = await on.AttachAsync(nurse, ("Good.pdf", Pdf($"beside {name} {on.Row}")), (name, Encoding.Latin1.GetBytes(content)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var error = (await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelector("#attachments-error")!.TextContent;
        Assert.StartsWith(sentence, error, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was attached.", error, StringComparison.Ordinal);
        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from core.attachments where row_id = '{on.Row}'"));
        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from core.file_owners where patient_id = '{on.Patient}'"));
    }

    [Fact]
    public async Task Nothing_chosen_and_too_many_are_said_beside_the_field()
    {
        var on = await new ReferralFiles(Host).PlantAsync();
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);

        var none = await on.AttachAsync(nurse);
        var many = await on.AttachAsync(nurse, [.. Enumerable.Range(0, AttachmentStore.MostAtOnce + 1).Select(n => ($"{n}.pdf", Pdf($"{n}")))]);

        Assert.Equal("Choose the file to attach.", await ErrorAsync(none));
        Assert.StartsWith("These are 21 files. Attach 20 at a time.", await ErrorAsync(many), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_version_takes_the_place_of_the_old_one_which_stays_to_be_opened()
    {
        var on = await new ReferralFiles(Host).PlantAsync();
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        await on.AttachAsync(nurse, ("Draft.pdf", Pdf("first")));
        var address = $"/attachments/{await on.OneAsync()}";

        var saved = await PostAsync(nurse, address, address, "Form.File", [("Signed.pdf", Pdf("second"))], ("Form.Version", "1"), ("Form.Title", "Signed answer"));

        Assert.Equal((HttpStatusCode.Redirect, on.Page), (saved.StatusCode, saved.Headers.Location!.ToString()));
        Assert.Equal(Pdf("second"), await nurse.Http.GetByteArrayAsync($"{address}/open"));
        Assert.Equal(Pdf("first"), await nurse.Http.GetByteArrayAsync($"{address}/open?number=1"));
        Assert.Equal(HttpStatusCode.NotFound, (await nurse.GetAsync($"{address}/open?number=3")).StatusCode);
        var page = await nurse.PageAsync(address);
        Assert.Contains("Version 1", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Signed answer", page.QuerySelector("h1")!.TextContent.Trim());

        // Somebody who opened the page before is shown what it is called now.
        var late = await PostAsync(nurse, address, address, "Form.File", [], ("Form.Version", "1"), ("Form.Title", "Another name"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    [Fact]
    public async Task Of_two_new_versions_at_once_neither_is_lost_without_a_word()
    {
        var on = await new ReferralFiles(Host).PlantAsync();
        using var one = await Host.SignInAsync(Host.North, Roles.Nurse);
        using var two = await Host.SignInAsync(Host.North, Roles.Nurse);
        await on.AttachAsync(one, ("Draft.pdf", Pdf("first")));
        var (id, address) = (await on.OneAsync(), $"/attachments/{await on.OneAsync()}");

        var answers = await Task.WhenAll(new[] { one, two }.Select((p, n) =>
            PostAsync(p, address, address, "Form.File", [("Next.pdf", Pdf($"next {n}"))], ("Form.Version", "1"), ("Form.Title", "Draft"))));

        var kept = answers.Count(a => a.StatusCode == HttpStatusCode.Redirect);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict));
        Assert.Equal(1L + kept, await Host.North.AskAsync<long>($"select count(*) from core.attachment_versions where attachment_id = '{id}'"));
    }

    [Fact]
    public async Task A_removed_file_is_put_back_by_undo_and_deleted_for_good_after_its_days()
    {
        var on = await new ReferralFiles(Host).PlantAsync();
        using var nurse = await Host.SignInAsync(Host.North, Roles.Nurse);
        await on.AttachAsync(nurse, ("Wrong.pdf", Pdf($"wrong {on.Row}")));
        var id = await on.OneAsync();

        await PostAsync(nurse, on.Files, $"/attachments/{id}/remove", "files", []);
        var page = await nurse.PageAsync(on.Page);
        Assert.Contains("Wrong is removed. It can be put back for 30 days.", page.QuerySelector("#toasts")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"#attachments details form[action='/attachments/{id}/put-back']"));
        await PostAsync(nurse, on.Files, $"/attachments/{id}/put-back", "files", []);
        await DropAsync();
        Assert.Equal(HttpStatusCode.OK, (await nurse.GetAsync($"/attachments/{id}/open")).StatusCode);

        await PostAsync(nurse, on.Files, $"/attachments/{id}/remove", "files", []);
        await Host.North.AskAsync<Guid>($"update core.attachments set removed_at = removed_at - interval '31 days' where id = '{id}' returning id");
        await DropAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await nurse.GetAsync($"/attachments/{id}")).StatusCode);
        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from core.file_owners where patient_id = '{on.Patient}'"));
    }

    private async Task DropAsync()
    {
        await using var scope = Host.Scope(Host.North);
        await ActivatorUtilities.CreateInstance<DropRemovedHandler>(scope.ServiceProvider).HandleAsync(new(), default);
    }

    private static async Task<string> ErrorAsync(HttpResponseMessage answer) =>
        (await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelector("#attachments-error")!.TextContent;
}
