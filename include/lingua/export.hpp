// Marks what a shared build of the library exports; everything else stays hidden.
#pragma once

#if defined(LINGUA_STATIC)
#define LINGUA_API
#elif defined(_WIN32)
#if defined(LINGUA_BUILDING)
#define LINGUA_API __declspec(dllexport)
#else
#define LINGUA_API __declspec(dllimport)
#endif
#else
#define LINGUA_API __attribute__((visibility("default")))
#endif
