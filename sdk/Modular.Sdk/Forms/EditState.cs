using Microsoft.AspNetCore.Http;

namespace Modular.Sdk;

/// <summary>What the tag helpers of an edit form need to know of it: the version it shows, and what somebody else saved meanwhile.</summary>
/// <param name="Form">The form itself, to tell whether it is the view's model or the <c>Form</c> of it.</param>
/// <param name="Version">Of the saved row, so that what is posted next is judged by what was shown.</param>
internal sealed record EditState(object Form, int Version, IReadOnlyList<Difference> Conflict)
{
    public const string Prefix = "Form.";

    public void Keep(HttpContext http) => http.Items[typeof(EditState)] = this;

    public static EditState? Of(HttpContext http) => http.Items[typeof(EditState)] as EditState;
}
