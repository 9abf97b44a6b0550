using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Replies;

/// <summary>The specialist replies without an account: by a link that came with the letter, once, knowing when the patient was born.</summary>
public sealed class SpecialistReply(ReferralDesk desk, IPublicLinks links, IFiles files) : PublicSlice
{
    private const string Reason = "A specialist who has no account here replies to a referral that was sent to them.";
    private const int LongestReply = 1800;

    public static readonly LinkKind Kind = new("referrals.reply", "Reply to a referral", "/public/referrals/replies", ReferralsPermissions.Send)
    {
        // The step that takes the reply.
        Allows = [ReferralsPermissions.Send],
        Days = 60,
    };

    public sealed class Form
    {
        public string? Summary { get; set; }
        public string? Name { get; set; }
        public IFormFile? File { get; set; }

        [BindNever, ValidateNever]
        public Referral Referral { get; set; } = null!;

        [BindNever, ValidateNever]
        public PatientTexts Texts { get; set; } = null!;
    }

    [HttpGet("/public/referrals/replies/{link}")]
    [PublicPage(Reason, Link = "referrals.reply")]
    public async Task<IActionResult> Get(CancellationToken ct) =>
        await AwaitedAsync(ct) is { } referral ? Page(new Form { Referral = referral, Texts = Texts, Name = Link.Recipient }) : Gone();

    [HttpPost("/public/referrals/replies/{link}")]
    [PublicPage(Reason, Link = "referrals.reply", LargestKilobytes = 25 * 1024)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        if (await AwaitedAsync(ct) is not { } referral)
        {
            return Gone();
        }

        (form.Referral, form.Texts) = (referral, Texts);
        var summary = Needed(nameof(form.Summary), form.Summary, LongestReply);
        var name = Needed(nameof(form.Name), form.Name, 120);
        return !ModelState.IsValid ? Invalid(form) : await SaveAsync(form, $"{summary}\n{name}", ct);
    }

    private PatientTexts Texts => PatientTexts.Of<ReferralsModule>(Visit.Language);

    /// <summary>The referral whose reply nobody has yet.</summary>
    private async Task<Referral?> AwaitedAsync(CancellationToken ct) =>
        await desk.OpenAsync(Link.SubjectId, ct) is { Step: Step.Sent or Step.Booked or Step.Missed or Step.Seen } referral ? referral : null;

    private string Needed(string field, string? typed, int most)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length == 0 || text.Length > most)
        {
            var t = Texts;
            Refuse(field, text.Length == 0 ? t["Needed"] : t.Say("TooLong", most));
        }

        return text;
    }

    private async Task<IActionResult> SaveAsync(Form form, string reply, CancellationToken ct)
    {
        var (referral, now) = (form.Referral, await desk.NowAsync(form.Referral, ct));
        await using var write = await desk.Db.BeginWriteAsync(ct);
        if (!await links.UseAsync(ct))
        {
            return Gone();
        }

        try
        {
            var taken = await ReferralSteps.All.TakeAsync(
                desk.Db, Actor, referral, referral.Version, ReferralSteps.Receive, r => r.Receive(now.Today, reply, now), ct,
                before: () => KeepAsync(referral, form.File, ct), after: () => desk.TellAsync(referral, ct));
            if (taken.Refusal is not null)
            {
                // Somebody at the practice was faster; what was typed is not lost.
                var t = Texts;
                Refuse("", t["Again"]);
                return Invalid(form);
            }
        }
        catch (FileRefusedException)
        {
            var t = Texts;
            Refuse(nameof(form.File), t["FileRefused"]);
            return Invalid(form);
        }

        await write.CommitAsync(ct);
        return Received();
    }

    private async Task KeepAsync(Referral referral, IFormFile? paper, CancellationToken ct)
    {
        if (paper is { Length: > 0 })
        {
            await using var content = paper.OpenReadStream();
            var owner = new FileOwner(ReferralsPermissions.Read, referral.PatientId, "specialist's reply", referral.LocationId);
            referral.KeepReply((await files.SaveAsync(content, paper.FileName, owner, ct)).Id);
        }
    }
}
