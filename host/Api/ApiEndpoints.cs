using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Modular.Host.Callers;
using Modular.Sdk;

namespace Modular.Host.Api;

/// <summary>What makes an action one for programs.</summary>
public static class ApiEndpoints
{
    /// <summary>Turns the actions of an <see cref="ApiSlice"/> that need a permission into endpoints for programs; open ones (documents, keys) stay as they are.</summary>
    public static void Mark(ControllerModel controller)
    {
        foreach (var action in controller.Actions.Where(a => a.Attributes.Concat(controller.Attributes).OfType<NeedsAttribute>().Any()))
        {
            foreach (var selector in action.Selectors)
            {
                selector.EndpointMetadata.Add(ApiMetadata.One);
            }

            action.Filters.Add(new IdempotencyFilter());
            action.Filters.Add(new ApiFilter());
        }
    }
}
