using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: pdf-slice
/// <summary>Papers from several places as one file for the specialist, each page with its number.</summary>
public sealed class ReferralPacket(IPdf pdf) : Slice
{
    [HttpPost("/referrals/packets/make")]
    [Needs("referrals.referral.send")]
    public async Task<IActionResult> Post(IFormFileCollection papers, CancellationToken ct)
    {
        try
        {
            List<PageFile> files = [];
            foreach (var paper in papers)
            {
                using var bytes = new MemoryStream();
                await paper.CopyToAsync(bytes, ct);
                files.Add(pdf.Read(bytes.ToArray(), paper.FileName));
            }

            return File(pdf.Join("Referral papers", files, Numbered), "application/pdf");
        }
        catch (Exception refused) when (refused is FileRefusedException or LabelRefusedException or ArgumentOutOfRangeException)
        {
            Refuse("papers", refused is ArgumentOutOfRangeException ? "Choose the papers to send." : refused.Message);
            return Invalid(papers);
        }
    }

    public static Label Numbered(JoinedPage page) =>
        new Label().Text($"{page.Number} / {page.Of}", left: page.Width - 25, top: page.Height - 9, width: 20, height: 5, size: 8);
}
// end
